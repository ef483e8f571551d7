import type { OutboundSink } from "@repo/core-realtime/server";
import { idText, type EncodedEvents } from "./encoded-events.js";
import type { EventSink } from "./event-sink.js";
import { KEEP_ALIVE } from "./event-text.js";
import type { Positions } from "./positions.js";

/**
 * A stream as its outbound queue writes to it: shared events, and behind them the reader's own id. Only what is written moves the
 * reader's position: what waits behind a slow reader would be skipped when it comes back.
 */
export class EventWriter implements OutboundSink<EncodedEvents> {
  readonly #sink: EventSink;
  readonly #positions: Positions;

  constructor(sink: EventSink, positions: Positions) {
    this.#sink = sink;
    this.#positions = positions;
  }

  get waitingBytes(): number {
    return this.#sink.waitingBytes;
  }

  get isBlocked(): boolean {
    return this.#sink.isBlocked;
  }

  write(events: EncodedEvents): void {
    for (const mark of events.marks) this.#positions.note(mark);
    const id = this.#positions.idBehind(events.byteLength);
    this.#sink.write(id === undefined ? events.bytes : events.withId(id));
  }

  /** Writes the id, where the latest is not the newest. False where there was nothing new. */
  writeId(): boolean {
    const id = this.#positions.id();
    if (id !== undefined) this.#sink.write(idText(id));
    return id !== undefined;
  }

  /** Writes a sign of life. */
  keepAlive(): void {
    if (!this.writeId()) this.#sink.write(KEEP_ALIVE);
  }
}
