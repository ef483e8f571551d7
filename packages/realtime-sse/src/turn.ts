/** What has something to write when the turn ends. */
export interface Flushable {
  flush(): void;
}

/**
 * One turn of the event loop: collects who has something to write, and lets each write once when the turn ends.
 * `setImmediate` runs right after the poll, before the loop may sleep: a message alone in its turn waits for nothing.
 */
export class Turn {
  #waiting: Flushable[] = [];

  /** Asks to be flushed when the turn ends. */
  add(outbox: Flushable): void {
    if (this.#waiting.push(outbox) === 1) setImmediate(() => this.#end());
  }

  #end(): void {
    const leaving = this.#waiting;
    this.#waiting = [];
    for (const outbox of leaving) outbox.flush();
  }
}
