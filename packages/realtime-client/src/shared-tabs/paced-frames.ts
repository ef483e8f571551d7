import type { ClientFrame } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import { BURST } from "../limits.js";
import { refill, untilNextMs } from "../pace.js";

/** A frame of a tab's link. */
export interface TabFrame {
  readonly link: string;
  readonly frame: ClientFrame;
}

/**
 * The queue of one connection that several tabs share: frames in order, no faster than the server takes them from one connection.
 * What costs nothing there may overtake; a `refresh` may not, or messages would be sent by somebody else.
 */
export class PacedFrames {
  readonly #clock: ClientClock;
  readonly #send: (frame: ClientFrame) => void;
  #waiting: readonly TabFrame[] = [];
  #tokens = BURST;
  #filledAt: number;
  #cancel: (() => void) | undefined;

  constructor(clock: ClientClock, send: (frame: ClientFrame) => void) {
    this.#clock = clock;
    this.#send = send;
    this.#filledAt = clock.now();
  }

  push(link: string, frame: ClientFrame): void {
    if (frame.type !== "message" && frame.type !== "refresh") return this.#send(frame);
    this.#waiting = [...this.#waiting, { link, frame }];
    this.flush();
  }

  /** Sends what may be sent. Also to be called when something has arrived: the timers of a hidden tab sleep. */
  flush(): void {
    this.#cancel?.();
    const now = this.#clock.now();
    this.#tokens = refill(this.#tokens, now - this.#filledAt);
    this.#filledAt = now;
    while (this.#tokens >= 1) {
      const [next, ...rest] = this.#waiting;
      if (!next) return;
      this.#waiting = rest;
      this.#tokens -= 1;
      this.#send(next.frame);
    }
    if (this.#waiting.length > 0) this.#cancel = this.#clock.after(untilNextMs(this.#tokens), () => this.flush());
  }

  /** A link has ended: what it had to send is not sent. */
  drop(link: string): void {
    this.#waiting = this.#waiting.filter((one) => one.link !== link);
  }

  close(): void {
    this.#waiting = [];
    this.#cancel?.();
  }
}
