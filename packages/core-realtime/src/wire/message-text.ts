import type { RealtimeSender } from "./envelope.js";
import type { SealedEnvelope } from "./sealed-envelope.js";
import { SINGLE_EVENT } from "../channel/schema.js";

/**
 * A message frame as it travels: `{"m":12,"o":1042,"t":1790000000000,"p":{…}}`.
 * `m` is the channel's number, `o` its offset, `t` the time, `p` the payload; `e` is the event where it is not "message", `u` the user
 * who sent it (null: an anonymous visitor; left out: the system), `i` the id where the place does not imply it (left out: sent to this connection alone), `x` a W3C traceparent.
 */
export interface WireMessage {
  /** The number of the channel on this connection. */
  readonly m: number;
  /** The offset, where the channel has history. */
  readonly o?: number | undefined;
  /** When it was published, in milliseconds since 1970. */
  readonly t: number;
  /** The event; left out for `"message"`. */
  readonly e?: string | undefined;
  /** The sender's user id; null for an anonymous visitor, left out for the system. */
  readonly u?: string | null | undefined;
  /** The id; left out where channel and position determine it. */
  readonly i?: string | undefined;
  /** The W3C `traceparent`, where the app traces. */
  readonly x?: string | undefined;
  /** The payload. */
  readonly p?: unknown;
}

/** The id of what is sent to one connection alone: no other message has it, and it is never used again. */
export const NO_ID = "";

/** The frame's JSON text. The payload's text is put in as it is. */
export function messageText(number: number, envelope: SealedEnvelope): string {
  const { id, channel, event, json, at, sender, position, trace } = envelope;
  let text = `{"m":${number}`;
  if (position !== undefined) text += `,"o":${position.offset}`;
  const isImplied = position !== undefined && id === `${channel}:${position.epoch}:${position.offset}`;
  if (!isImplied && id !== NO_ID) text += `,"i":${JSON.stringify(id)}`; // a store may give ids of its own
  text += `,"t":${at}`;
  if (event !== SINGLE_EVENT) text += `,"e":${JSON.stringify(event)}`;
  if (sender.type === "user") text += `,"u":${sender.id === undefined ? "null" : JSON.stringify(sender.id)}`;
  if (trace !== undefined) text += `,"x":${JSON.stringify(trace)}`;
  return json === undefined ? `${text}}` : `${text},"p":${json}}`;
}

/** Who sent it, from `u`. */
export function senderFrom(u: string | null | undefined): RealtimeSender {
  if (u === undefined) return SYSTEM;
  return u === null ? VISITOR : { type: "user", id: u };
}

const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });
const VISITOR: RealtimeSender = Object.freeze({ type: "user" });
