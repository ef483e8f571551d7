import type { IPubSub } from "@repo/core-realtime";
import type { PostgresPubSub } from "../postgres-pub-sub.js";

const TOPIC = "barrier";

/** One node's carrier, whose test can wait until everything that was published has arrived here. */
export class ObservedCarrier implements IPubSub {
  readonly #carrier: PostgresPubSub;
  readonly #inProgress = new Set<Promise<unknown>>();
  readonly #waiting = new Map<string, () => void>();
  #marks: Promise<unknown> | undefined;
  #isClosed = false;
  /** Something was requested since `settle`. */
  isDirty = false;

  constructor(carrier: PostgresPubSub) {
    this.#carrier = carrier;
  }

  publish(topic: string, text: string): Promise<void> {
    return this.#observe(this.#carrier.publish(topic, text));
  }

  subscribe(topic: string, onText: (text: string) => void): Promise<() => void> {
    return this.#observe(this.#carrier.subscribe(topic, onText));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const resolve of this.#waiting.values()) resolve();
    await this.#observe(this.#carrier.close());
  }

  /** Resolves when what this node has requested is done. */
  async settle(): Promise<void> {
    this.isDirty = false;
    await Promise.allSettled(this.#inProgress); // the requester has the error
  }

  /** Publishes a mark through `publisher`; resolves when it has arrived here, and with it all that was committed before. */
  async receiveAll(publisher: PostgresPubSub, mark: string): Promise<void> {
    if (this.#isClosed) return;
    this.#marks ??= this.#carrier.subscribe(TOPIC, (text) => this.#waiting.get(text)?.());
    await this.#marks;
    const arrived = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    await publisher.publish(TOPIC, mark);
    await arrived;
    this.#waiting.delete(mark);
  }

  #observe<T>(request: Promise<T>): Promise<T> {
    this.isDirty = true;
    this.#inProgress.add(request);
    const forget = () => this.#inProgress.delete(request);
    request.then(forget, forget);
    return request;
  }
}
