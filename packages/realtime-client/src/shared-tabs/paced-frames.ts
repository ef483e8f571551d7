import type { ClientFrame } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import { BURST } from "../limits.js";
import { refill, untilNextMs } from "../pace.js";

const FRAMES_PER_MS = 90 / 1_000; // the server takes 100 frames of any kind a second …
const FRAME_BURST = 180; // … and 200 at once

/** A frame of a tab's link. */
export interface TabFrame {
  readonly link: string;
  readonly frame: ClientFrame;
}

/**
 * The queue of one connection that several tabs share: no faster than the server takes frames from one connection. Messages are in
 * order, and so are the others; those overtake messages that wait. A `refresh` counts as a message, or messages would be sent as another
 * user's.
 */
export class PacedFrames {
  readonly #clock: ClientClock;
  readonly #send: (frame: ClientFrame) => void;
  #messages: TabFrame[] = [];
  #others: TabFrame[] = [];
  #messageTokens = BURST;
  #frameTokens = FRAME_BURST;
  #filledAt: number;
  #cancel: (() => void) | undefined;

  constructor(clock: ClientClock, send: (frame: ClientFrame) => void) {
    this.#clock = clock;
    this.#send = send;
    this.#filledAt = clock.now();
  }

  push(link: string, frame: ClientFrame): void {
    const queue = frame.type === "message" || frame.type === "refresh" ? this.#messages : this.#others;
    queue.push({ link, frame });
    this.flush();
  }

  /** Sends what may be sent. Also to be called when something has arrived: the timers of a hidden tab sleep. */
  flush(): void {
    this.#cancel?.();
    this.#refill();
    for (let next = this.#take(); next; next = this.#take()) this.#send(next.frame);
    if (this.#others.length > 0) this.#later(Math.ceil((1 - this.#frameTokens) / FRAMES_PER_MS));
    else if (this.#messages.length > 0) this.#later(Math.max(untilNextMs(this.#messageTokens), 1));
  }

  /** A link has ended: its messages are not sent. What it subscribed to and left still is, in order. */
  drop(link: string): void {
    this.#messages = this.#messages.filter((one) => one.link !== link);
  }

  close(): void {
    this.#messages = [];
    this.#others = [];
    this.#cancel?.();
  }

  #refill(): void {
    const now = this.#clock.now();
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#messageTokens = refill(this.#messageTokens, elapsedMs);
    this.#frameTokens = Math.min(FRAME_BURST, this.#frameTokens + elapsedMs * FRAMES_PER_MS);
  }

  #take(): TabFrame | undefined {
    if (this.#frameTokens < 1) return undefined;
    const other = this.#others.shift();
    if (!other && this.#messageTokens < 1) return undefined;
    const next = other ?? this.#messages.shift();
    if (!next) return undefined;
    if (!other) this.#messageTokens -= 1;
    this.#frameTokens -= 1;
    return next;
  }

  #later(ms: number): void {
    this.#cancel = this.#clock.after(ms, () => this.flush());
  }
}
