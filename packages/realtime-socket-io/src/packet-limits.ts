import type { EngineSocket } from "./guarded-engine.js";

/** Packets of one connection within one turn of the event loop: a full read, or POST, of the smallest valid frames. */
const MAX_PACKETS_PER_TURN = 2_000;
const CONNECT = /^0(?:\{|$)/;

/**
 * Bounds the packets of each connection, engine.io's own included, before Socket.IO sees them: one CONNECT, and so many packets
 * per turn. Socket.IO itself counts a CONNECT only after a turn of the event loop: all that come within one become sessions.
 */
export class PacketLimits {
  readonly #onFlood: (session: EngineSocket) => void;
  #ofThisTurn = new Map<EngineSocket, number>();

  /** `onFlood` has to end the connection at once; what it has sent behind that is dropped. */
  constructor(onFlood: (session: EngineSocket) => void) {
    this.#onFlood = onFlood;
  }

  watch(session: EngineSocket): void {
    let isConnected = false;
    session.on("packet", ({ data }: { readonly data?: unknown }) => {
      const isConnect = typeof data === "string" && CONNECT.test(data);
      if (this.#isTooMany(session) || (isConnect && isConnected)) this.#onFlood(session);
      isConnected ||= isConnect;
    });
  }

  #isTooMany(session: EngineSocket): boolean {
    if (this.#ofThisTurn.size === 0) setImmediate(() => this.#ofThisTurn.clear());
    const count = (this.#ofThisTurn.get(session) ?? 0) + 1;
    this.#ofThisTurn.set(session, count);
    return count > MAX_PACKETS_PER_TURN;
  }
}
