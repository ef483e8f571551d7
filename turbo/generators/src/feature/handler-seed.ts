import type { Json } from "../code/json-source.js";
import { Refusal } from "../refusal.js";
import type { ChannelSeed } from "../template/channel.template.js";
import type { HandlerSeed } from "../template/handler.template.js";
import { placeholdersOf } from "./channel-name.js";
import { said, type ChannelFile } from "./channel-file.js";
import type { Inbound } from "./inbound.js";
import type { ChannelNames } from "./names.js";
import { sampleOf } from "./sample-of.js";
import { scopeOf } from "./scope-of.js";

interface Known {
  readonly file: ChannelFile;
  readonly channel: ChannelNames;
  readonly inbound: Inbound;
  readonly sample: string | undefined;
}

/** What a handler and its test are made of, read off the channel. */
export function handlerSeed({ file, channel, inbound, sample }: Known): HandlerSeed {
  const name = said(file, "name");
  if (name?.type !== "Literal" || typeof name.value !== "string")
    throw new Refusal(`${file.source.path} needs a literal as its \`name\`, such as "orders.{orderId}.status".`);
  const scope = scopeOf(file);
  return {
    channel,
    kind: inbound.kind,
    isPublic: (scope?.kind ?? "public") === "public", // where it is not clear, nobody may be behind a message
    name: name.value,
    params: sampleParams(name.value),
    roles: scope?.kind === "role" ? [scope.role] : [],
    event: inbound.event,
    isMap: inbound.isMap,
    publishes: inbound.publishes,
    reply: inbound.reply,
    sample: sample === undefined ? sampleFrom(file, inbound) : parsed(sample),
  };
}

/** The handler of a channel that is being made with events, which all carry a text. */
export function newHandlerSeed({ channel, name, scope, shape }: ChannelSeed): HandlerSeed {
  return {
    channel,
    kind: "broadcast",
    isPublic: scope.kind === "public",
    name,
    params: sampleParams(name),
    roles: scope.kind === "role" ? [scope.role] : [],
    event: shape.inbound[0] ?? "",
    isMap: true,
    publishes: shape.events[0],
    reply: shape.reply ? { accepted: true } : undefined,
    sample: { text: "hello" },
  };
}

function sampleParams(name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(placeholdersOf(name).map((param) => [param, "ada"]));
}

function sampleFrom({ source }: ChannelFile, { schema }: Inbound): Json {
  const sample = sampleOf(source, schema);
  if (sample !== undefined) return sample;
  throw new Refusal(
    `The handler's test needs a message that fits \`inbound\` in ${source.path}, and none can be read off it. Give one: --sample '{"text":"hello"}'`,
  );
}

function parsed(sample: string): Json {
  try {
    const value: Json = JSON.parse(sample);
    return value;
  } catch (cause) {
    throw new Refusal(`The sample is no JSON: write it as in --sample '{"text":"hello"}'.`, { cause });
  }
}
