import type { Expression, ObjectPropertyKind } from "oxc-parser";
import { keyOf } from "../code/json-source.js";
import { restOfLine, skipTrivia } from "../code/skip-trivia.js";
import { indentAt } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { HandlerKind } from "../template/handler.template.js";
import { said, saidText, type ChannelFile } from "./channel-file.js";
import { resolved } from "./sample-of.js";

/** What clients may send on a channel, and what a handler can do with it unseen. */
export interface Inbound {
  readonly kind: HandlerKind;
  /** The first event that clients may send, whether there is a map of them, and its schema. */
  readonly event: string;
  readonly isMap: boolean;
  readonly schema: Expression;
}

const SINGLE_EVENT = "message";

/** Reads a channel's `inbound`; a channel without one lets clients send what it speaks, from now on. */
export function openInbound(file: ChannelFile): Inbound {
  const { path } = file.source;
  if (said(file, "reply"))
    throw new Refusal(
      `${path} declares a \`reply\`, which only you can give. Take it out, run this again, and put it back with its answer.`,
    );
  const payload = said(file, "payload");
  const inbound = said(file, "inbound") ?? (payload && addInbound(file, payload));
  if (!inbound) throw new Refusal(`${path} has no \`payload\`: say there what the server speaks.`);
  const sameAsPayload = (saidText(file, "inbound") ?? saidText(file, "payload")) === saidText(file, "payload");
  const shape = resolved(file.source, inbound);
  if (shape?.type !== "ObjectExpression")
    return { kind: sameAsPayload && shape ? "broadcast" : "log", event: SINGLE_EVENT, isMap: false, schema: inbound };
  const [first] = shape.properties;
  const event = first && keyOf(first);
  if (first?.type !== "Property" || event === undefined)
    throw new Refusal(`${path} has an \`inbound\` without an event: say there what clients may send.`);
  return { kind: "log", event, isMap: true, schema: first.value };
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
