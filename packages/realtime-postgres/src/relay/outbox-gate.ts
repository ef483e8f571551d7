import { RealtimeError, type IRealtimeHandlerRegistry, type IRealtimeObserver } from "@repo/core-realtime";
import type { TimedBroadcastGate } from "@repo/core-realtime/server";
import { storableText } from "../client/stored-text.js";
import { wireNameOf } from "../channels/channel-names.js";

/** A row of the outbox that has not passed gate 4. */
export interface UncheckedRow {
  readonly id: string;
  /** The name in SQL. */
  readonly channel: string;
  readonly event: string;
  /** JSON text. */
  readonly payload: string | null;
}

/** The result of gate 4. Without a `reason` it is numbered: with `payload`, where the schema has changed it. */
export interface OutboxResult {
  readonly reason?: string;
  readonly payload?: string | undefined;
  /** The channel keeps no history: the message is delivered without a position. */
  readonly is_unplaced?: true;
}

export interface OutboxGateDeps {
  /** The channels that are declared in code; others are the database's own and pass. */
  readonly registry: IRealtimeHandlerRegistry;
  readonly observer: IRealtimeObserver;
  /** Bounds a payload, and the time of its schema: one that never resolves would stop the numbers of all. */
  readonly gate: TimedBroadcastGate;
}

/** Gate 4 for a message that was published from SQL: the schema is the one in code. */
export async function outboxGate(
  row: UncheckedRow,
  { registry, observer, gate }: OutboxGateDeps,
): Promise<OutboxResult> {
  const address = registry.resolve(wireNameOf(row.channel))?.address;
  if (!address) return {};
  try {
    const payload: unknown = row.payload === null ? undefined : JSON.parse(row.payload);
    const json = await gate.pass(address, { event: row.event, payload, options: {} });
    return { ...(json !== row.payload && { payload: json }), ...(!address.channel.history && { is_unplaced: true }) };
  } catch (cause) {
    const error =
      cause instanceof RealtimeError ? cause : new RealtimeError("BROADCAST_INVALID", { detail: row.channel, cause });
    observer.observe({ kind: "refused", connection: undefined, error, channel: row.channel });
    return { reason: storableText(error.message) };
  }
}
