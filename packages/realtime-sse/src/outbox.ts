import { Backlog } from "./backlog.js";
import type { EventFrame } from "./event-frame.js";
import type { EventSink } from "./event-sink.js";
import { KEEP_ALIVE } from "./event-text.js";
import type { Positions } from "./positions.js";
import type { Turn } from "./turn.js";

const PORTION_BYTES = 64 * 1024; // written at once to a reader that catches up

/** What an outbox needs of its connection and its server. */
export interface OutboxDeps {
  readonly turn: Turn;
  readonly maxBufferedBytes: number;
  readonly positions: Positions;
  /** More waits than may wait: close. */
  readonly onOverflow: () => void;
}

/** One connection's way out: all that it is sent, in order, one write a turn, bounded. */
export class Outbox {
  readonly #sink: EventSink;
  readonly #deps: OutboxDeps;
  #frames: EventFrame[] = []; // of this turn
  #bytes = 0;
  #backlog: Backlog | undefined; // only while the sink takes no more
  #isOver = false;

  constructor(sink: EventSink, deps: OutboxDeps) {
    this.#sink = sink;
    this.#deps = deps;
  }

  /** The reader has not taken what it was sent. */
  get isBehind(): boolean {
    return this.#backlog !== undefined;
  }

  /** Puts a frame at the end. */
  append(frame: EventFrame): void {
    if (this.#isOver) return;
    const isCramped = this.#backlog !== undefined || this.#waitingWith(frame) > this.#deps.maxBufferedBytes;
    if (isCramped && !this.#hasRoomFor(frame)) return;
    if (this.#frames.length === 0) this.#deps.turn.add(this);
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
  }

  /** Writes what this turn brought; behind a backlog it queues up. */
  flush(): void {
    if (this.#frames.length === 0) return;
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    if (this.#backlog) this.#backlog.push(frames);
    else this.#write(frames);
    if (this.#sink.isBlocked) this.#backlog ??= new Backlog();
  }

  /** From its return on, nothing of the channel is handed to the sink. */
  drop(channel: string): void {
    this.flush();
    this.#backlog?.drop(channel);
    if (this.#deps.positions.leave(channel)) this.#tellPosition();
  }

  /** A sign of life; where bytes wait already, they are one. */
  keepAlive(): void {
    if (this.#isOver || this.#backlog) return;
    this.flush();
    if (!this.#backlog) this.#sink.write(this.#deps.positions.tell() ?? KEEP_ALIVE);
  }

  /** The sink has room again. */
  catchUp(): void {
    const backlog = this.#backlog;
    if (!backlog || this.#isOver) return;
    this.flush(); // into the backlog: this turn's frames are younger than all that waits
    while (backlog.bytes > 0 && !this.#sink.isBlocked) this.#write(backlog.take(PORTION_BYTES));
    if (!this.#sink.isBlocked) this.#backlog = undefined;
  }

  /** Writes the last frame, at once; what waits behind a slow reader is let go. */
  end(last: EventFrame): void {
    if (this.#isOver) return;
    this.flush();
    this.#sink.write(last.bytes);
    this.#isOver = true;
    this.#backlog = undefined;
  }

  /** Lets go of all that waits. */
  abandon(): void {
    this.#isOver = true;
    this.#frames = [];
    this.#backlog = undefined;
  }

  /** False where the frame is not to be put at the end: it was skipped, took its slot, or was one too many. */
  #hasRoomFor(frame: EventFrame): boolean {
    if (!this.#backlog) this.flush(); // what the sink takes now does not wait
    const backlog = this.#backlog;
    if (backlog && frame.overflow === "drop") return false;
    if (this.#waitingWith(frame) > this.#deps.maxBufferedBytes) this.#deps.onOverflow();
    else if (backlog && frame.overflow === "conflate") backlog.conflate(frame);
    else return true;
    return false;
  }

  #waitingWith(frame: EventFrame): number {
    return this.#sink.waiting + this.#bytes + (this.#backlog?.bytes ?? 0) + (this.#backlog?.costOf(frame) ?? frame.bytes.length); // prettier-ignore
  }

  #write(frames: readonly EventFrame[]): void {
    let bytes = 0;
    for (const frame of frames) {
      bytes += frame.bytes.length;
      if (frame.mark) this.#deps.positions.note(frame.mark);
    }
    const id = this.#deps.positions.tellBehind(bytes);
    const chunks = frames.map((frame) => frame.bytes);
    if (id) chunks.push(id);
    const [only] = chunks;
    if (only) this.#sink.write(chunks.length === 1 ? only : Buffer.concat(chunks));
  }

  /** Behind a backlog it is told with what comes next. */
  #tellPosition(): void {
    if (this.#isOver || this.#backlog) return;
    const id = this.#deps.positions.tell();
    if (id) this.#sink.write(id);
  }
}
