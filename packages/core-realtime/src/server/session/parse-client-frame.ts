import type { RealtimePosition } from "../../wire/envelope.js";
import type { ClientFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { whyNotPlainJson } from "./plain-json.js";

type Fields = Readonly<Record<string, unknown>>;

const MAX_ID_LENGTH = 64;
const MAX_CHANNEL_LENGTH = 4096; // five placeholders of 256 bytes, each byte three characters
const MAX_EVENT_LENGTH = 128;
const MAX_REWIND = 100;

/** Reads a frame that is JSON already. Any other thing is FRAME_INVALID, whatever it is. */
export function parseClientFrame(shown: unknown, maxDepth: number): ClientFrame {
  const fields = plainObject(shown, maxDepth);
  const { type } = fields;
  const id = text(fields, "id", MAX_ID_LENGTH);
  switch (type) {
    case "subscribe":
      return {
        type,
        id,
        channel: channelOf(fields),
        since: position(fields.since),
        rewind: rewind(fields.rewind),
        latest: flag(fields, "latest"),
        ...(fields.ask !== undefined && { ask: fields.ask }),
      };
    case "unsubscribe":
      return { type, id, channel: channelOf(fields) };
    case "message":
      return {
        type,
        id,
        channel: channelOf(fields),
        event: text(fields, "event", MAX_EVENT_LENGTH),
        payload: fields.payload,
      };
    case "refresh":
      return { type, id, token: text(fields, "token", Number.POSITIVE_INFINITY) }; // gate 1 holds its limit, as for a handshake's
    case "ping":
      return { type };
    default:
      throw invalid(
        typeof type === "string" ? `unknown type ${JSON.stringify(type.slice(0, MAX_ID_LENGTH))}` : "type is no string",
      );
  }
}

/** The id of a frame that could not be read, so that its refusal carries the id too. */
export function idOf(raw: unknown): string | undefined {
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, "id")) return undefined;
  const { id } = raw as { readonly id: unknown };
  return typeof id === "string" && id.length <= MAX_ID_LENGTH ? id : undefined;
}

/** A frame's JSON text; FRAME_INVALID where it is none. */
export function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (cause) {
    throw new RealtimeError("FRAME_INVALID", { detail: "not JSON", cause });
  }
}

/** The frames that came with the upgrade; anything else is one frame that is refused. */
export function firstFrames(first: string): readonly unknown[] {
  try {
    const frames: unknown = JSON.parse(first);
    return Array.isArray(frames) ? frames : [null];
  } catch {
    return [null];
  }
}

function plainObject(value: unknown, maxDepth: number): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("not an object");
  const why = whyNotPlainJson(value, maxDepth + 1);
  if (why !== undefined) throw invalid(why);
  return value as Fields;
}

function channelOf(fields: Fields): string {
  const channel = text(fields, "channel", MAX_CHANNEL_LENGTH);
  if (channel === undefined || channel === "") throw invalid("channel is missing");
  return channel;
}

function text(fields: Fields, name: string, maxLength: number): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(`${name} is no string`);
  if (value.length > maxLength) throw invalid(`${name} is longer than ${maxLength}`);
  return value;
}

function flag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw invalid(`${name} is neither true nor false`);
}

function rewind(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= MAX_REWIND) return Number(value);
  throw invalid(`rewind is no whole number from 1 to ${MAX_REWIND}`);
}

function position(value: unknown): RealtimePosition | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") throw invalid("since is no position");
  const { epoch, offset } = value as Fields;
  if (typeof epoch !== "string" || epoch === "" || epoch.length > MAX_ID_LENGTH)
    throw invalid("since.epoch is no epoch");
  if (!Number.isSafeInteger(offset) || Number(offset) < 0) throw invalid("since.offset is no offset");
  return { epoch, offset: Number(offset) };
}

function invalid(detail: string): RealtimeError {
  return new RealtimeError("FRAME_INVALID", { detail });
}
