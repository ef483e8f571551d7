const PATIENCE_MS = 4_000; // under vitest's 5 s, so that the failure says what was missing

interface Waiter<T> {
  readonly matches: (value: T) => boolean;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

/** What is waited for, for the sentence of a failure. */
export interface Awaited {
  readonly what: string;
  readonly ms?: number | undefined;
  /** What came instead, asked when the wait is over. */
  readonly instead?: () => string;
}

/** Those who wait for a value to come. Waiting ends with a failure that says what was missing. */
export class Waiters<T> {
  readonly #waiting = new Set<Waiter<T>>();

  /** Hands the value to the first who waits for one like it; false where nobody does. */
  offer(value: T): boolean {
    for (const waiter of this.#waiting) {
      if (!waiter.matches(value)) continue;
      waiter.resolve(value);
      return true;
    }
    return false;
  }

  /** The next value that matches. */
  async next<S extends T>(matches: (value: T) => value is S, awaited: Awaited): Promise<S> {
    const { what, ms = PATIENCE_MS, instead } = awaited;
    return new Promise<S>((resolve, reject) => {
      const fail = (why: string) =>
        settle(() => reject(new Error(`${why} while waiting for ${what}${instead ? `; came: ${instead()}` : ""}`)));
      const timer = setTimeout(() => fail(`${ms} ms passed`), ms);
      const settle = (then: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        then();
      };
      const waiter: Waiter<T> = {
        matches,
        resolve: (value) => {
          if (matches(value)) settle(() => resolve(value));
        },
        reject: ({ message }) => fail(message),
      };
      this.#waiting.add(waiter);
    });
  }

  /** Nothing more will come: everyone who waits is told why. */
  fail(why: string): void {
    for (const waiter of [...this.#waiting]) waiter.reject(new Error(why));
  }
}
