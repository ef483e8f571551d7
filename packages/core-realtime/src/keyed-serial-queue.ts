/** Runs what concerns one key in order, one at a time; keys do not wait for each other. */
export class KeyedSerialQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Resolves, or rejects, as the task does; the queue continues either way. Where the queue is free, a synchronous task runs synchronously. */
  push<T>(key: string, task: () => Promise<T>): Promise<T>;
  push<T>(key: string, task: () => Promise<T> | T): Promise<T> | T;
  push<T>(key: string, task: () => Promise<T> | T): Promise<T> | T {
    const before = this.#last.get(key);
    const result = before ? before.then(task, task) : task();
    if (typeof result !== "object" || result === null || !("then" in result)) return result; // of any make: zone.js has its own
    const done = Promise.resolve(result);
    this.#last.set(key, done);
    const forget = () => {
      if (this.#last.get(key) === done) this.#last.delete(key);
    };
    done.then(forget, forget);
    return done;
  }
}
