interface Waiting {
  readonly element: Element;
  readonly name: string;
  readonly run: () => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** When an action runs. */
export interface Delay {
  readonly element: Element;
  /** The action; each action of an element waits by itself. */
  readonly name: string;
  /** After this time without another call. */
  readonly debounceMs: number;
  /** At most once in this time. */
  readonly throttleMs: number;
}

/** Debounced and throttled actions. */
export interface Delays {
  after(delay: Delay, run: () => void): void;
  /** Runs what waits within this element now: before anything else is sent, and when a field is left. */
  flush(within: Element): void;
  stop(): void;
}

/** Makes an empty set of delays. */
export function createDelays(): Delays {
  const waiting = new Set<Waiting>();
  const lastRuns = new WeakMap<Element, number>(); // of those with a throttle

  const cancel = (one: Waiting) => {
    clearTimeout(one.timer);
    waiting.delete(one);
  };

  return {
    after({ element, name, debounceMs, throttleMs }, run) {
      for (const one of waiting) if (one.element === element && one.name === name) cancel(one);
      const now = performance.now();
      const ms = debounceMs || Math.max(0, (lastRuns.get(element) ?? -throttleMs) + throttleMs - now);
      const runNow = () => {
        waiting.delete(one);
        lastRuns.set(element, performance.now());
        run();
      };
      const one: Waiting = { element, name, run: runNow, timer: setTimeout(runNow, ms) };
      if (ms) waiting.add(one);
      else {
        clearTimeout(one.timer);
        runNow();
      }
    },
    flush(within) {
      for (const one of waiting)
        if (within.contains(one.element)) {
          cancel(one);
          one.run();
        }
    },
    stop: () => waiting.forEach(cancel),
  };
}
