/** A set of listeners: objects of callbacks. What one throws, or rejects with, goes to `onError` and does not reach the others. */
export class ListenerSet<Listener extends object> {
  readonly #onError: (cause: unknown) => void;
  #all: readonly Entry<Listener>[] = []; // replaced, never changed: an `emit` in progress calls those that it began with

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  get size(): number {
    return this.#all.length;
  }

  /** Adds a listener, called from the next `emit` on. Returns the undo. The same listener may be added twice. */
  add(listener: Listener): () => void {
    const entry: Entry<Listener> = { callbacks: { ...listener }, isIn: true };
    this.#all = [...this.#all, entry];
    return () => {
      entry.isIn = false;
      this.#all = this.#all.filter(({ isIn }) => isIn);
    };
  }

  /** Calls what each has under this name, but those that were removed meanwhile. */
  emit(name: keyof Listener, news?: unknown): void {
    for (const entry of this.#all) if (entry.isIn) this.#call(entry.callbacks[name], news);
  }

  #call(callback: Callback | undefined, news: unknown): void {
    try {
      const result = callback?.(news);
      if (isThenable(result)) result.then(undefined, this.#onError); // of any make: zone.js and other realms have their own
    } catch (cause) {
      this.#onError(cause);
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

type Callback = (news: unknown) => unknown;

interface Entry<Listener> {
  readonly callbacks: Partial<Record<keyof Listener, Callback | undefined>>;
  isIn: boolean;
}
