import type { Duplex } from "node:stream";
import { Backlog } from "./backlog.js";
import type { Batch } from "./batch.js";
import type { Turn } from "./turn.js";
import type { WireFrame } from "./wire-frame.js";

/** What an outbox tells its connection. */
export interface OutboxOwner {
  /** More waits than may wait: close. */
  onOverflow(): void;
  /** A reader that had fallen behind took something: it lives. */
  onProgress(): void;
}

/** What all outboxes of a server share. */
export interface OutboxDeps {
  readonly turn: Turn;
  readonly maxBufferedBytes: number;
}

/** One connection's way out: all that it is sent, in order, one write a turn, bounded. */
export class Outbox {
  readonly #socket: Duplex;
  readonly #deps: OutboxDeps;
  readonly #owner: OutboxOwner;
  #batch: Batch;
  #unsent = 0; // what the socket still held after the latest write; it only shrinks until the next
  #backlog: Backlog | undefined; // only while the socket takes no more
  #isOver = false;

  constructor(socket: Duplex, deps: OutboxDeps, owner: OutboxOwner) {
    this.#socket = socket;
    this.#deps = deps;
    this.#owner = owner;
    this.#batch = deps.turn.start;
  }

  /** Puts a frame at the end. For a reader that keeps up it costs some comparisons, and nothing is allocated. */
  append(frame: WireFrame): void {
    const { turn, maxBufferedBytes } = this.#deps;
    const waiting = this.#unsent + this.#batch.bytes;
    const isCramped = this.#backlog !== undefined || waiting + frame.bytes.length > maxBufferedBytes;
    if (isCramped && !this.#hasRoomFor(frame)) return;
    if (this.#batch === turn.start) turn.add(this);
    this.#batch = this.#batch.with(frame);
  }

  /** Writes what this turn brought; behind a backlog it queues up. */
  flush(): void {
    const batch = this.#batch;
    const { start } = this.#deps.turn;
    if (batch === start) return;
    this.#batch = start;
    if (this.#backlog) this.#backlog.push(batch);
    else this.#write(batch.joined());
  }

  /** From its return on, nothing of the channel is handed to the socket. */
  drop(channel: string): void {
    this.flush();
    this.#backlog?.drop(channel);
  }

  /** Writes the last frame, at once; what waits behind a slow reader is let go. */
  end(last?: WireFrame): void {
    this.flush();
    if (last && !this.#isOver && this.#socket.writable) this.#socket.write(last.bytes);
    this.#isOver = true;
    this.#backlog = undefined;
  }

  /** False where the frame is not to be put at the end: it was skipped, took its slot, or was one too many. */
  #hasRoomFor(frame: WireFrame): boolean {
    if (!this.#backlog) this.flush(); // what the socket takes now does not wait
    const backlog = this.#backlog;
    if (this.#isOver || (backlog && frame.overflow === "drop")) return false;
    this.#unsent = this.#socket.writableLength;
    const waiting = this.#unsent + this.#batch.bytes + (backlog?.bytes ?? 0);
    const isTooMuch = waiting + (backlog?.costOf(frame) ?? frame.bytes.length) > this.#deps.maxBufferedBytes;
    if (isTooMuch) this.#owner.onOverflow();
    else if (backlog && frame.overflow === "conflate") backlog.conflate(frame);
    else return true;
    return false;
  }

  #write(bytes: Buffer): void {
    if (this.#isOver || !this.#socket.writable) return;
    this.#socket.write(bytes);
    this.#unsent = this.#socket.writableLength;
    if (this.#socket.writableNeedDrain) this.#fallBehind();
  }

  /** The kernel takes no more: the peer does not read. */
  #fallBehind(): void {
    this.#backlog ??= new Backlog();
    this.#socket.once("drain", () => this.#catchUp());
  }

  #catchUp(): void {
    this.#owner.onProgress();
    this.flush(); // into the backlog: this turn's frames are younger than all that waits
    let next: Buffer | undefined;
    this.#socket.cork(); // as much as the socket likes, in one write
    do next = this.#backlog?.shift();
    while (next && this.#socket.write(next));
    this.#socket.uncork();
    this.#unsent = this.#socket.writableLength;
    if (this.#socket.writableNeedDrain) this.#fallBehind();
    else this.#backlog = undefined;
  }
}
