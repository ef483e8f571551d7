type Task = () => Promise<void> | void;

/** Runs tasks one at a time, in order; a task that throws is reported and the line goes on. */
export class SerialLine {
  readonly #waiting: Task[] = [];
  readonly #report: (cause: unknown) => void;
  #running = false;

  constructor(report: (cause: unknown) => void) {
    this.#report = report;
  }

  /** Tasks that have not begun. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Begins at once where nothing is under way, else after all that was pushed before. */
  push(task: Task): void {
    this.#waiting.push(task);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        const pending = task();
        if (pending) await pending; // a synchronous task costs no turn
      } catch (cause) {
        this.#report(cause);
      }
    }
    this.#running = false;
  }
}
