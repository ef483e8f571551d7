import type { CallExpression } from "oxc-parser";
import { formatEntry } from "../code/format.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { insertImport } from "../code/insert-import.js";
import { indentAt, type Source } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { BindFile } from "./bind-files.js";
import { contextCode, type ContextCode } from "./bind-function.js";
import type { ChannelNames } from "./names.js";
import { registrationOf } from "./registration.js";

/** What a bind file registers for a channel. */
export interface ChannelWiring {
  readonly channel: ChannelNames;
  /** What receives the messages of clients; left out where they only receive. */
  readonly handler?: HandlerWiring | undefined;
  /** Whether new subscribers receive an opening. */
  readonly hasOpening?: boolean;
}

/** A handler as the bind files wire it. */
export interface HandlerWiring {
  /** The object in `symbols.ts` that names the handlers. */
  readonly handlers: string;
  /** What the handler takes out of the bind context; none: it is not a factory. */
  readonly deps: readonly string[];
}

/** Registers a channel; a registration without a handler becomes one with it, and one that is as wanted stays. */
export async function registerChannel({ source, anchor, style }: BindFile, wiring: ChannelWiring): Promise<void> {
  const { channel, handler } = wiring;
  const present = registrationOf(source, channel.channel);
  const keepsOpening = present !== undefined && hasOpeningAlone(source, present.call, channel);
  const hasOpening = wiring.hasOpening === true || keepsOpening;
  if (present && !handler && !wiring.hasOpening) return;
  if (present?.method === "register" && !(keepsOpening && handler)) return checkIsOurs(source, wiring);
  const using = ["registry", ...(handler ? ["tracer", "logger", ...handler.deps] : [])];
  const code = registration({ channel, handler, hasOpening }, await contextCode(source, using, style));
  if (present) {
    const { start, end } = present.call;
    const lines = await formatEntry(code, { list: "ArrayExpression", indent: indentAt(source, start) }, style);
    source.edits.overwrite(start, end, lines.split("\n").join(source.eol));
  } else await insertAtAnchor(source, { anchor, code, style });
  for (const wanted of importsOf(wiring)) await insertImport(source, wanted, style);
}

/** Whether a channel is registered with its generated opening and nothing else: a handler goes beside it. */
function hasOpeningAlone({ text }: Source, { arguments: given }: CallExpression, { opening }: ChannelNames): boolean {
  const handlers = given[1];
  return (
    handlers !== undefined &&
    /^\{\s*opening: (\w+),?\s*\}$/.exec(text.slice(handlers.start, handlers.end))?.[1] === opening
  );
}

function registration({ channel, handler, hasOpening }: ChannelWiring, context: ContextCode): string {
  const registry = context.member("registry");
  const opening = hasOpening ? `opening: ${channel.opening}` : "";
  if (!handler && opening === "") return `${registry}.registerChannel(${channel.channel})`;
  const work = handler && tracedHandler(channel, handler, context);
  if (opening === "") return `${registry}.register(${channel.channel}, ${work})`;
  return `${registry}.register(${channel.channel}, { ${work ? `handler: ${work}, ` : ""}${opening} })`;
}

function tracedHandler({ handler }: ChannelNames, { handlers, deps }: HandlerWiring, context: ContextCode): string {
  const work = deps.length === 0 ? handler : `${handler}(${context.object(deps)})`;
  return `traced(${context.object(["tracer", "logger"])}, ${handlers}.${handler}, ${work})`;
}

function importsOf({ channel, handler, hasOpening }: ChannelWiring) {
  const own = (name: string, module: string) => ({ names: [name], from: `../${module}` });
  return [
    ...(handler ? [{ names: ["traced"], from: "@repo/core-observability" }] : []),
    ...(handler ? [own(channel.handler, channel.handlerModule)] : []),
    own(channel.channel, channel.channelModule),
    ...(hasOpening ? [own(channel.opening, channel.openingModule)] : []),
    ...(handler ? [{ names: [handler.handlers], from: "./symbols" }] : []),
  ];
}

/** A registration that is there must be the one that is wanted. */
function checkIsOurs({ path, module }: Source, { channel, handler, hasOpening }: ChannelWiring): void {
  const imported = module.staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value));
  const lacks = (name: string, isWanted: boolean): boolean => isWanted && !imported.includes(name);
  const key = lacks(channel.handler, handler !== undefined) ? "handler" : "opening";
  if (key === "opening" && !lacks(channel.opening, hasOpening === true)) return;
  throw new Refusal(
    `${path} registers ${channel.channel} with handlers of its own. Add the ${key} there by hand, as \`${key}: ${channel[key]}\`.`,
  );
}
