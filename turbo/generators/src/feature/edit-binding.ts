import { formatEntry, type Style } from "../code/format.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { insertImport } from "../code/insert-import.js";
import { indentAt, type Source } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { Anchor } from "./anchors.js";
import { takeFromContext } from "./bind-context.js";
import type { ChannelNames } from "./names.js";
import { registrationOf } from "./registration.js";

/** A bind file, and where new registrations go in it. */
export interface BindFile {
  readonly source: Source;
  readonly anchor: Anchor;
  readonly style: Style;
}

/** Registers a channel that clients only listen to, unless it is registered already. */
export async function registerChannel({ source, anchor, style }: BindFile, channel: ChannelNames): Promise<void> {
  if (registrationOf(source, channel.channel)) return;
  await insertAtAnchor(source, { anchor, code: `registry.registerChannel(${channel.channel})`, style });
  await takeFromContext(source, ["registry"], style);
  await insertImport(source, { names: [channel.channel], from: `../${channel.channelModule}` }, style);
}

/** A handler as the bind files wire it. */
export interface HandlerWiring {
  readonly channel: ChannelNames;
  /** The object in `symbols.ts` that names the handlers. */
  readonly handlers: string;
  /** What the handler takes out of the bind context; none: it is not a factory. */
  readonly deps: readonly string[];
}

const CONTEXT = ["registry", "realtime", "tracer", "logger"]; // in the order of BindContext

/** Registers a channel's handler in a span and a capture; a registration without a handler becomes this one. */
export async function registerHandler({ source, anchor, style }: BindFile, wiring: HandlerWiring): Promise<void> {
  const { channel, handlers, deps } = wiring;
  const present = registrationOf(source, channel.channel);
  if (present?.method === "register") return checkIsOurs(source, channel);
  const code = registration(wiring);
  if (present) {
    const lines = await formatEntry(
      code,
      { list: "ArrayExpression", indent: indentAt(source, present.call.start) },
      style,
    );
    source.edits.overwrite(present.call.start, present.call.end, lines.split("\n").join(source.eol));
  } else await insertAtAnchor(source, { anchor, code, style });
  const needed = ["registry", ...deps, "tracer", "logger"];
  await takeFromContext(
    source,
    CONTEXT.filter((name) => needed.includes(name)),
    style,
  );
  await insertImport(source, { names: ["withCapture", "withSpan"], from: "@repo/core-observability" }, style);
  await insertImport(source, { names: [channel.handler], from: `../${channel.handlerModule}` }, style);
  await insertImport(source, { names: [channel.channel], from: `../${channel.channelModule}` }, style);
  await insertImport(source, { names: [handlers], from: "./symbols" }, style);
}

function registration({ channel, handlers, deps }: HandlerWiring): string {
  const handler = deps.length === 0 ? channel.handler : `${channel.handler}({ ${deps.join(", ")} })`;
  const captured = `withCapture(logger, { layer: "realtime-handler" }, ${handler})`;
  const span = `{ op: "realtime-handler", name: ${handlers}.${channel.handler} }`;
  return `registry.register(${channel.channel}, withSpan(tracer, ${span}, ${captured}))`;
}

function checkIsOurs({ path, module }: Source, { channel, handler }: ChannelNames): void {
  const imported = module.staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value));
  if (imported.includes(handler)) return;
  throw new Refusal(
    `${path} registers ${channel} with handlers of its own. Add the handler there by hand, as \`handler: ${handler}\`.`,
  );
}
