import type { SealedEnvelope } from "@repo/core-realtime";
import { wireNameOf } from "../channels/channel-names.js";

/** A row of realtime.messages, as `MESSAGE_COLUMNS` reads it. */
export interface LoggedMessage {
  readonly id: string;
  /** The name in SQL. */
  readonly channel: string;
  readonly event: string;
  readonly json: string | null;
  readonly at: number;
  readonly sender_type: "system" | "user";
  readonly sender_id: string | null;
  readonly trace: string | null;
  readonly epoch: string | null;
  readonly offset: number | null;
}

/** The columns of a message `m`. Numbers are below 2^53, and so are read as what JavaScript has. */
export const MESSAGE_COLUMNS = `m.id::text as id, m.channel_name as channel, m.event_name as event,
  coalesce(m.payload::text, m.exact_payload::text) as json, floor(extract(epoch from m.created_at) * 1000)::float8 as at,
  m.sender_type, m.sender_id, m.trace, m.epoch, m."offset"::float8 as "offset"`;

/** The envelope, as a broadcaster would have published it. */
export function envelopeOf(row: LoggedMessage): SealedEnvelope {
  const { id, channel, event, json, at, sender_type, sender_id, trace, epoch, offset } = row;
  return {
    id,
    channel: wireNameOf(channel),
    event,
    json: json ?? undefined,
    at,
    sender: sender_type === "system" ? { type: "system" } : { type: "user", id: sender_id ?? undefined },
    position: epoch === null || offset === null ? undefined : { epoch, offset },
    trace: trace ?? undefined,
  };
}
