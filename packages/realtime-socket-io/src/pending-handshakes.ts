import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { EngineSocket } from "./guarded-engine.js";

/** The numbers that bound them. */
export interface PendingLimits {
  /** Milliseconds until CONNECT has to come. */
  readonly connectMs: number;
  /** Of one address. Not counted behind a proxy, where all clients share the proxy's address. */
  readonly maxPerAddress: number;
  /** Of all addresses: each holds some 7 kB. */
  readonly maxInTotal: number;
}

export const PENDING_LIMITS: PendingLimits = { connectMs: 10_000, maxPerAddress: 256, maxInTotal: 4_096 };

/**
 * The connections of engine.io that have not sent CONNECT: they are not in the gateway yet, so they are bounded here.
 * Where there are too many the oldest is closed, not the newest refused: a client sends CONNECT within one round trip, and is gone
 * from here by then, however many an attacker opens.
 */
export class PendingHandshakes {
  readonly #limits: PendingLimits;
  readonly #clock: Clock;
  /** Each with what stops its deadline: a client that has sent CONNECT is not bounded any more. */
  readonly #all = new Map<EngineSocket, () => void>();
  readonly #byAddress = new Map<string, Set<EngineSocket>>();

  constructor(limits: PendingLimits = PENDING_LIMITS, clock: Clock = systemClock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Waits for the CONNECT of a new connection. */
  add(session: EngineSocket): void {
    const { connectMs, maxInTotal, maxPerAddress } = this.#limits;
    const cancel = this.#clock.after(connectMs, () => session.close(true));
    const onClose = () => this.remove(session);
    session.once("close", onClose);
    this.#all.set(session, () => {
      cancel();
      session.off("close", onClose);
    });
    if (this.#all.size > maxInTotal) closeOldest(this.#all.keys());
    const address = addressOf(session);
    if (address === undefined) return;
    const ofAddress = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, ofAddress.add(session));
    if (ofAddress.size > maxPerAddress) closeOldest(ofAddress);
  }

  /** CONNECT has come, or the connection is closed. */
  remove(session: EngineSocket): void {
    const stop = this.#all.get(session);
    if (!stop) return;
    stop();
    this.#all.delete(session);
    const address = addressOf(session);
    const ofAddress = address === undefined ? undefined : this.#byAddress.get(address);
    if (address === undefined || !ofAddress?.delete(session)) return;
    if (ofAddress.size === 0) this.#byAddress.delete(address);
  }
}

/** Its `close` event removes it from the table. */
function closeOldest(sessions: Iterable<EngineSocket>): void {
  for (const oldest of sessions) return void oldest.close(true);
}

/** Undefined where a proxy shows that it brought the client. A client that forges that is counted in the total alone. */
function addressOf({ request, remoteAddress }: EngineSocket): string | undefined {
  const { "x-forwarded-for": forwardedFor, forwarded } = request.headers;
  return forwardedFor === undefined && forwarded === undefined ? remoteAddress : undefined;
}
