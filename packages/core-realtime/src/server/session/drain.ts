import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeGateway } from "./realtime-gateway.js";
import type { SessionTable } from "./session-table.js";

/** How clients are closed: batches keep a thousand clients from coming back in one instant. */
export interface DrainOptions {
  /** Clients reconnect within this window, and handlers get this long; default 5 000. */
  readonly drainMs?: number;
  /** Closes per batch, default 1 000. */
  readonly batchSize?: number;
  /** Between batches, default 200. */
  readonly batchMs?: number;
}

export interface DrainDeps {
  readonly gateway: RealtimeGateway;
  readonly sessions: SessionTable;
  readonly clock: Clock;
}

const DEFAULT_DRAIN_MS = 5_000;
const DEFAULT_BATCH_SIZE = 1_000;
const DEFAULT_BATCH_MS = 200;

/** Notifies clients, lets requests in progress finish, then closes them with 41xx in batches. */
export async function drainSessions({ gateway, sessions, clock }: DrainDeps, options: DrainOptions): Promise<void> {
  const { drainMs = DEFAULT_DRAIN_MS, batchSize = DEFAULT_BATCH_SIZE, batchMs = DEFAULT_BATCH_MS } = options;
  gateway.drain(drainMs);
  await Promise.race([gateway.settled(), passed(clock, drainMs)]); // a client waits for a reply that is under way
  const leaving = [...sessions.all()];
  for (let first = 0; first < leaving.length; first += batchSize) {
    if (first > 0) await passed(clock, batchMs);
    for (const session of leaving.slice(first, first + batchSize)) session.end(new RealtimeError("DRAINING"));
  }
  await Promise.race([gateway.settled(), passed(clock, drainMs)]);
}

function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
