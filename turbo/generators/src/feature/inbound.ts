import type { Expression, ObjectPropertyKind } from "oxc-parser";
import { keyOf, type Json } from "../code/json-source.js";
import { restOfLine, skipTrivia } from "../code/skip-trivia.js";
import { indentAt } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { HandlerKind } from "../template/handler.template.js";
import { said, type ChannelFile } from "./channel-file.js";
import { resolved, sampleOf } from "./sample-of.js";

/** What clients may send on a channel, and what a handler can do with it unseen. */
export interface Inbound {
  readonly kind: HandlerKind;
  /** The first event that clients may send, whether there is a map of them, and its schema. */
  readonly event: string;
  readonly isMap: boolean;
  readonly schema: Expression;
  /** The first event that the server sends, where its events have names. */
  readonly publishes: string | undefined;
  /** What the handler returns, where the channel declares the reply that its generator gave it. */
  readonly reply: Json | undefined;
}

const SINGLE_EVENT = "message";

/** Reads a channel's `inbound`; a channel without one lets clients send what it sends, from now on. */
export function openInbound(file: ChannelFile): Inbound {
  const { path } = file.source;
  const reply = replyOf(file);
  const payload = said(file, "payload");
  const inbound = said(file, "inbound") ?? (payload && addInbound(file, payload));
  if (!payload || !inbound) throw new Refusal(`${path} has no \`payload\`: describe there what the server sends.`);
  const sent = firstEvent(file, payload, "payload");
  const received = firstEvent(file, inbound, "inbound");
  const isSame = received.schemas.every((schema) => textOf(file, schema) === textOf(file, sent.schema));
  const kind = isSame && resolved(file.source, received.schema) ? "broadcast" : "log";
  if (kind === "log" && reply !== undefined) throw replyRefusal(file);
  const { event = SINGLE_EVENT, schema } = received;
  return { kind, event, isMap: received.event !== undefined, schema, publishes: sent.event, reply };
}

const ACCEPTED = { accepted: true };

function replyOf(file: ChannelFile): Json | undefined {
  const reply = said(file, "reply");
  if (!reply) return undefined;
  if (JSON.stringify(sampleOf(file.source, reply)) === JSON.stringify(ACCEPTED)) return ACCEPTED;
  throw replyRefusal(file);
}

function replyRefusal({ source }: ChannelFile): Refusal {
  return new Refusal(
    `${source.path} declares a \`reply\`, which only you can give. Take it out, run this again, and put it back with its answer.`,
  );
}

interface FirstEvent {
  /** Its name; undefined where one schema stands for all. */
  readonly event: string | undefined;
  readonly schema: Expression;
  /** The schemas of all events. */
  readonly schemas: readonly Expression[];
}

function firstEvent(file: ChannelFile, value: Expression, key: string): FirstEvent {
  const shape = resolved(file.source, value);
  if (shape?.type !== "ObjectExpression") return { event: undefined, schema: value, schemas: [value] };
  const [first] = shape.properties;
  const event = first && keyOf(first);
  if (first?.type !== "Property" || event === undefined)
    throw new Refusal(
      `${file.source.path} has ${key === "inbound" ? "an" : "a"} \`${key}\` without an event: describe there what ${key === "inbound" ? "clients may send" : "the server sends"}.`,
    );
  const schemas = shape.properties.flatMap((property) => (property.type === "Property" ? [property.value] : []));
  return { event, schema: first.value, schemas };
}

function textOf({ source }: ChannelFile, { start, end }: Expression): string {
  return source.text.slice(start, end);
}

function addInbound(file: ChannelFile, payload: Expression): Expression {
  const { source } = file;
  if (resolved(source, payload)?.type !== "CallExpression")
    throw new Refusal(
      `${source.path} does not say what clients may send. Paste this line after its \`payload\`, make it say so, and run this again:\n\n  inbound: z.strictObject({ text: z.string().max(280) }),\n`,
    );
  const property = file.description.properties.find((candidate) => keyOf(candidate) === "payload");
  if (property) insertAfter(file, property, `inbound: ${source.text.slice(payload.start, payload.end)}`);
  return payload;
}

function insertAfter({ source }: ChannelFile, property: ObjectPropertyKind, code: string): void {
  const comma = skipTrivia(source, property.end);
  const hasComma = source.text.charAt(comma) === ",";
  if (!hasComma) source.edits.appendLeft(property.end, ",");
  const end = restOfLine(source, hasComma ? comma + 1 : property.end);
  const isOwnLine = "\r\n".includes(source.text.charAt(end));
  const gap = isOwnLine ? source.eol + indentAt(source, property.start) : " ";
  source.edits.appendLeft(end, gap + code + (hasComma ? "," : ""));
}
