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
 * The connections of engine.io that have not sent CONNECT: the gateway does not know of them, so that they are bounded here.
 * Where there are too many the oldest is closed, not the newest refused: a client sends CONNECT within one round trip, and is gone
 * from here by then, however many an attacker opens.
 */
export class PendingHandshakes {
  readonly #limits: PendingLimits;
  readonly #all = new Set<EngineSocket>();
  readonly #byAddress = new Map<string, Set<EngineSocket>>();

  constructor(limits: PendingLimits = PENDING_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Waits for the CONNECT of a new connection. */
  add(session: EngineSocket): void {
    const { connectMs, maxInTotal, maxPerAddress } = this.#limits;
    const timer = setTimeout(() => session.close(true), connectMs).unref();
    session.once("close", () => {
      clearTimeout(timer);
      this.remove(session);
    });
    this.#all.add(session);
    if (this.#all.size > maxInTotal) closeOldest(this.#all);
    const address = addressOf(session);
    if (address === undefined) return;
    const ofAddress = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, ofAddress.add(session));
    if (ofAddress.size > maxPerAddress) closeOldest(ofAddress);
  }

  /** CONNECT has come, or the connection is closed. */
  remove(session: EngineSocket): void {
    if (!this.#all.delete(session)) return;
    const address = addressOf(session);
    const ofAddress = address === undefined ? undefined : this.#byAddress.get(address);
    if (address === undefined || !ofAddress?.delete(session)) return;
    if (ofAddress.size === 0) this.#byAddress.delete(address);
  }
}

/** Its `close` event removes it from the table. */
function closeOldest(sessions: ReadonlySet<EngineSocket>): void {
  for (const oldest of sessions) return void oldest.close(true);
}

/** Undefined where a proxy says that it brought the client. Who forges that is counted in the total alone. */
function addressOf({ request, remoteAddress }: EngineSocket): string | undefined {
  const { "x-forwarded-for": forwardedFor, forwarded } = request.headers;
  return forwardedFor === undefined && forwarded === undefined ? remoteAddress : undefined;
}
