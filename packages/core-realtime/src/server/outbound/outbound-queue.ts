import { OutboundBacklog } from "./outbound-backlog.js";
import type { JoinFrames, OutboundBatch } from "./outbound-batch.js";
import type { EncodedFrame, OutboundFrame } from "./outbound-frame.js";
import type { FlushScheduler } from "./flush-scheduler.js";

/**
 * Where a connection's bytes go. Call `queue.onDrain()` whenever it was blocked and has room again.
 * MUST NOT throw, open or not. What it holds grows by `write` alone; a sink that others write to as well calls `queue.recount()`.
 */
export interface OutboundSink<E extends EncodedFrame> {
  /** Bytes that it holds because the reader has not taken them. */
  readonly waitingBytes: number;
  /** The reader lags: nothing more should be written until `onDrain`. */
  readonly isBlocked: boolean;
  /** Writes to the socket. */
  write(encoded: E): void;
}

/** What all queues of a transport share. */
export interface OutboundOptions<E extends EncodedFrame> {
  /** Flushes the queues of a turn together. */
  readonly scheduler: FlushScheduler<E>;
  /** Joins the frames of a turn into one write. */
  readonly join: JoinFrames<E>;
  /** Bytes that may wait; beyond that the reader is too slow. */
  readonly maxBufferedBytes: number;
}

/** What a queue reports to its connection. */
export interface OutboundOwner {
  /** More waits than may wait: close with SLOW_CONSUMER. Called once; later frames are ignored. */
  onOverflow(): void;
}

/**
 * The per-connection outbound queue: everything that one client is sent, in order, one write per turn of the event loop, bounded.
 * While the sink is blocked, frames wait here, `overflow: "drop"` is skipped, and of `"conflate"` the latest per slot is kept.
 */
export class OutboundQueue<E extends EncodedFrame> {
  readonly #sink: OutboundSink<E>;
  readonly #options: OutboundOptions<E>;
  readonly #owner: OutboundOwner;
  #batch: OutboundBatch<E>; // of this turn
  #held = 0; // what the sink held after the latest write; it only shrinks until the next
  #backlog: OutboundBacklog<E> | undefined; // only while the sink is blocked
  #state: "open" | "full" | "over" = "open";
  #belowWaiters: BelowWaiter[] | undefined;

  constructor(sink: OutboundSink<E>, options: OutboundOptions<E>, owner: OutboundOwner) {
    this.#sink = sink;
    this.#options = options;
    this.#owner = owner;
    this.#batch = options.scheduler.start;
  }

  /** The sink is blocked: the reader has not taken what it was sent. */
  get isLagging(): boolean {
    return this.#backlog !== undefined;
  }

  /** Bytes that wait for this reader, here and in the sink. */
  get waitingBytes(): number {
    this.recount();
    return this.#held + this.#batch.bytes + (this.#backlog?.bytes ?? 0);
  }

  /** Puts a frame at the end. For a reader that keeps up it costs some comparisons, and nothing is allocated. */
  append(frame: OutboundFrame<E>): void {
    const { scheduler, maxBufferedBytes } = this.#options;
    if (this.#state !== "open") return;
    const isCramped = this.#backlog !== undefined || this.#held + this.#batch.bytes + frame.bytes > maxBufferedBytes;
    if (isCramped && !this.#hasRoomFor(frame)) return;
    if (this.#batch === scheduler.start) scheduler.add(this);
    this.#batch = this.#batch.with(frame);
  }

  /** Writes what this turn brought; while the sink is blocked it joins the backlog. */
  flush(): void {
    const batch = this.#batch;
    const { scheduler, join } = this.#options;
    if (batch === scheduler.start) return;
    this.#batch = scheduler.start;
    if (this.#backlog) this.#backlog.push(batch);
    else this.#write(batch.joined(join));
  }

  /** The sink has room again: writes what waits, for as long as it takes more. */
  onDrain(): void {
    if (!this.#backlog) return;
    this.flush(); // into the backlog: this turn's frames are younger than all that waits
    while (this.#backlog && !this.#sink.isBlocked) {
      const next = this.#backlog.shift(this.#options.join);
      if (next === undefined) this.#backlog = undefined;
      else this.#write(next);
    }
    this.#settleWaiters();
  }

  /** From its return on, nothing of the channel is written to the sink. What other channels were sent stays, in order. */
  drop(channel: string): void {
    this.flush();
    this.#backlog?.drop(channel);
    this.#settleWaiters();
  }

  /** Writes the last frame, at once; what waits for a reader that lags is discarded. Later frames are ignored. */
  end(last?: OutboundFrame<E>): void {
    if (this.#state === "over") return;
    if (this.#backlog) this.#discard();
    if (last) this.#batch = this.#batch.with(last);
    this.flush();
    this.#close();
  }

  /** Discards all that waits, and ignores later frames. */
  abandon(): void {
    this.#discard();
    this.#close();
  }

  /** Reads anew what the sink holds. */
  recount(): void {
    this.#held = this.#sink.waitingBytes;
  }

  /**
   * Resolves when fewer than so many bytes wait, or the queue is over; undefined where that is so already, or the reader keeps up.
   * Paces what is large and has to arrive whole, such as the recovery of several channels.
   */
  whenBelow(bytes: number): Promise<void> | undefined {
    if (this.#state === "over" || this.waitingBytes < bytes) return undefined;
    this.flush(); // what the sink takes now does not wait
    if (this.#isBelow(bytes)) return undefined;
    return new Promise((resolve) => (this.#belowWaiters ??= []).push({ bytes, resolve }));
  }

  /** False where the frame is not to be put at the end: it was skipped, took its slot, or was one too many. */
  #hasRoomFor(frame: OutboundFrame<E>): boolean {
    if (!this.#backlog) this.flush(); // what the sink takes now does not wait
    const backlog = this.#backlog;
    const cost = frame.channel === null ? 0 : (backlog?.costOf(frame) ?? frame.bytes); // what a client requested it gets whole
    const isTooMuch = this.waitingBytes + cost > this.#options.maxBufferedBytes;
    if (frame.overflow === "drop" && (backlog || isTooMuch)) return false;
    if (isTooMuch) this.#overflow();
    else if (backlog && frame.overflow === "conflate") backlog.conflate(frame);
    else return true;
    return false;
  }

  #overflow(): void {
    this.#state = "full";
    this.#owner.onOverflow();
  }

  #write(encoded: E): void {
    if (this.#state === "over") return;
    this.#sink.write(encoded);
    this.recount();
    if (this.#sink.isBlocked) this.#backlog ??= new OutboundBacklog();
  }

  #discard(): void {
    this.#batch = this.#options.scheduler.start;
    this.#backlog = undefined;
  }

  #close(): void {
    this.#state = "over";
    this.#backlog = undefined;
    this.#settleWaiters();
  }

  #isBelow(bytes: number): boolean {
    return this.#state === "over" || !this.#backlog || this.waitingBytes < bytes;
  }

  #settleWaiters(): void {
    if (!this.#belowWaiters) return;
    const waiting = this.#belowWaiters.filter(({ bytes, resolve }) => {
      const isBelow = this.#isBelow(bytes);
      if (isBelow) resolve();
      return !isBelow;
    });
    this.#belowWaiters = waiting.length > 0 ? waiting : undefined;
  }
}

interface BelowWaiter {
  readonly bytes: number;
  readonly resolve: () => void;
}
