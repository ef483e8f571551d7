import type { NumberedEnvelope, Numbers } from "./cluster-message.js";
import { Deferred } from "./deferred.js";
import { OrderedStream, type HoldBudget, type StreamSink } from "./ordered-stream.js";

export interface ShardDeps {
  readonly budget: HoldBudget;
  readonly deliver: (envelope: NumberedEnvelope) => void;
  readonly onGap: (channels: readonly string[]) => void;
}

/** One topic that this node is subscribed to: the channels wanted of it, and the stream of each publisher. */
export class Shard {
  readonly number: number;
  readonly channels = new Set<string>();
  readonly #budget: HoldBudget;
  readonly #sink: StreamSink<NumberedEnvelope>;
  readonly #streams = new Map<string, OrderedStream<NumberedEnvelope>>();
  readonly #unsynced = new Set<string>();
  /** Undo of the carrier's subscription; undefined until it stands. */
  unsubscribe: (() => void) | undefined;
  /** Settles when every publisher's number is known; undefined when it is. */
  waiting: Deferred | undefined = new Deferred();
  /** Since when no channel of it is wanted. */
  idleSince: number | undefined;

  constructor(number: number, { budget, deliver, onGap }: ShardDeps) {
    this.number = number;
    this.#budget = budget;
    this.#sink = {
      deliver: (envelope) => {
        if (this.channels.has(envelope.channel)) deliver(envelope);
      },
      onLoss: () => onGap([...this.channels]),
    };
  }

  /** The carrier's subscription stands. */
  get stands(): boolean {
    return this.unsubscribe !== undefined;
  }
  /** The numbers of publishers are missing. */
  get isUnsynced(): boolean {
    return this.#unsynced.size > 0;
  }

  /** A publisher that has published before: held until its number is known. */
  addPublisher(id: string): void {
    if (this.#streams.has(id)) return;
    this.#streams.set(id, new OrderedStream(this.#sink, this.#budget));
    this.#unsynced.add(id);
  }

  /** A publisher that has published nothing yet. */
  addNewPublisher(id: string): void {
    this.#streams.set(id, new OrderedStream(this.#sink, this.#budget, 1));
  }

  startAfter(id: string, last: number): void {
    if (this.#unsynced.delete(id)) this.#streams.get(id)?.startAfter(last);
  }

  removePublisher(id: string): void {
    this.#streams.get(id)?.close();
    this.#streams.delete(id);
    this.#unsynced.delete(id);
  }

  /** Forgets all publishers: their numbers must be learned again. */
  reset(): void {
    for (const id of [...this.#streams.keys()]) this.removePublisher(id);
  }

  /** True where an earlier envelope is missing. */
  receive(envelope: NumberedEnvelope, at: number): boolean {
    const stream = this.#streams.get(envelope.from);
    stream?.accept(envelope.number, { item: envelope, size: envelope.json.length, at });
    return stream?.isWaiting ?? false;
  }

  /** The publisher's last numbers. True where an envelope is missing. */
  expect(id: string, numbers: Numbers, at: number): boolean {
    const last = numbers[this.number];
    const stream = this.#streams.get(id);
    if (last !== undefined) stream?.expect(last, at);
    return stream?.isWaiting ?? false;
  }

  /** Reports what has been missing since then as lost. True where something is missing still. */
  skipMissing(since: number): boolean {
    let isWaiting = false;
    for (const stream of this.#streams.values()) {
      if (stream.isWaiting) stream.skipMissing(since);
      isWaiting ||= stream.isWaiting;
    }
    return isWaiting;
  }
}
