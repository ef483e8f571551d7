import type { Patch } from "../query/operation.js";
import { piecesOf } from "./patch.js";
import { sendToAll, type LiveQueryEvent, type Subscriber } from "./subscriber.js";

/** Sends what happens to a window, one event after the other. */
export class WindowSender {
  readonly #onError: (cause: unknown) => void;
  #sending: Promise<void> = Promise.resolve();

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  send(to: readonly Subscriber[], event: LiveQueryEvent): void {
    if (to.length > 0) this.#sending = this.#sending.then(() => sendToAll(to, event, this.#onError));
  }

  sendPatch(to: readonly Subscriber[], patch: Patch): void {
    if (to.length > 0) for (const piece of piecesOf(patch)) this.send(to, ["patch", { patch: piece }]);
  }

  /** Sends to one subscriber alone, when what it is sent by another window has been sent. */
  sendAfter(before: Promise<void>, subscriber: Subscriber, events: readonly LiveQueryEvent[]): void {
    this.#sending = this.#sending.then(() => before);
    for (const event of events) this.send([subscriber], event);
  }

  /** Resolves when everything that has been sent is queued. */
  sent(): Promise<void> {
    return this.#sending;
  }
}
