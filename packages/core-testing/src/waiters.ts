const PATIENCE_MS = 15_000; // under the 20 s of a test, so that the failure names what was missing

interface Waiter<T> {
  readonly matches: (value: T) => boolean;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

/** The callers that wait for a value. Waiting ends with a failure that names what was missing. */
export class Waiters<T> {
  readonly #waiting = new Set<Waiter<T>>();

  /** Passes the value to the first waiter that matches; false where there is none. */
  offer(value: T): boolean {
    for (const waiter of this.#waiting) {
      if (!waiter.matches(value)) continue;
      this.#waiting.delete(waiter);
      waiter.resolve(value);
      return true;
    }
    return false;
  }

  /** Passes the value to every caller that waits for one like it. */
  notify(value: T): void {
    while (this.offer(value)) continue;
  }

  /** The next value that matches; `missing` is the sentence of the failure when none has come. */
  async next<S extends T>(matches: (value: T) => value is S, missing: () => string): Promise<S>;
  async next(matches: (value: T) => boolean, missing: () => string): Promise<T>;
  async next(matches: (value: T) => boolean, missing: () => string): Promise<T> {
    const coming = new Promise<T>((resolve, reject) => this.#waiting.add({ matches, resolve, reject }));
    return withPatience(coming, missing);
  }

  /** Nothing more will come: every waiter is rejected with the reason. */
  fail(why: string): void {
    for (const { reject } of this.#waiting) reject(new Error(why));
    this.#waiting.clear();
  }
}

/** The promise, or after a while a failure with this sentence: a test must not hang in silence. */
export async function withPatience<T>(promise: Promise<T>, missing: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`After ${PATIENCE_MS} ms: ${missing()}`)), PATIENCE_MS);
  });
  return Promise.race([promise, impatience]).finally(() => clearTimeout(timer));
}
