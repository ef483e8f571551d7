/** Runs what concerns one channel in order, one at a time; channels do not wait for each other. */
export class LinePerChannel {
  readonly #last = new Map<string, Promise<void>>();
  readonly #onError: (cause: unknown) => void;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  /** Resolves when the task is done; a task that fails is reported, and the line goes on. */
  push(channel: string, task: () => Promise<void>): Promise<void> {
    const done = (this.#last.get(channel) ?? Promise.resolve()).then(task).catch(this.#onError);
    this.#last.set(channel, done);
    void done.then(() => {
      if (this.#last.get(channel) === done) this.#last.delete(channel);
    });
    return done;
  }
}
