/** Those who listen, each told for itself: one listener's mistake is not the others'. */
export interface Listeners<Listener> {
  readonly all: ReadonlySet<unknown>;
  /** Returns the undo; true where there was something to undo. */
  readonly add: (listener: Listener) => () => boolean;
  /** Calls what each has under this name. */
  readonly tell: (name: keyof Listener, news?: unknown) => void;
}

/** Makes an empty set of listeners; what one throws goes to `onError`. */
export function createListeners<Listener extends object>(onError: (cause: unknown) => void): Listeners<Listener> {
  const all = new Set<Partial<Record<keyof Listener, ((news: unknown) => void) | undefined>>>();
  return {
    all,
    add(listener) {
      const own = { ...listener }; // the same may listen twice
      all.add(own);
      return () => all.delete(own);
    },
    tell(name, news) {
      for (const listener of all)
        try {
          listener[name]?.(news);
        } catch (cause) {
          onError(cause);
        }
    },
  };
}
