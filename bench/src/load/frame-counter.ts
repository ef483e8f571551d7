const PING = 0x89;
const TEXT = 0x81;

/** The counts of a server's frames. */
export interface FrameEvents {
  onFrame(): void;
  onPing(): void;
  /** Engine.IO's own heartbeat, a text of one byte; no contender has a shorter frame. Not counted as a frame. */
  onHeartbeat(): void;
}

/** Counts the frames in a server's bytes, whole or in pieces, and never looks into them. */
export class FrameCounter {
  readonly #events: FrameEvents;
  #head: number[] = [];
  #left = 0;
  #isUncounted = false;

  constructor(events: FrameEvents) {
    this.#events = events;
  }

  read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left === 0) {
        this.#head.push(bytes.readUInt8(at++));
        if (!this.#readHead()) continue;
      }
      const taken = Math.min(this.#left, bytes.length - at);
      this.#left -= taken;
      at += taken;
      if (this.#left === 0 && !this.#isUncounted) this.#events.onFrame();
    }
  }

  /** True where the header is whole and a payload follows. */
  #readHead(): boolean {
    const [first = 0, short = 0, ...long] = this.#head;
    const wanted = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (this.#head.length < 2 || this.#head.length < wanted) return false;
    this.#left = wanted === 2 ? short : long.reduce((length, byte) => length * 256 + byte, 0);
    const isHeartbeat = first === TEXT && this.#left === 1;
    this.#isUncounted = (first & 8) !== 0 || isHeartbeat;
    this.#head = [];
    if (first === PING) this.#events.onPing();
    if (isHeartbeat) this.#events.onHeartbeat();
    return this.#left > 0;
  }
}
