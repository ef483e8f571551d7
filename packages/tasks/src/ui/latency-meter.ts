import { useState } from "react";

const SHOWN_MS = 700; // a number that changes faster cannot be read

/** The round trip, measured by what is published anyway. Who shows it watches it: the board is not rendered for it. */
export class LatencyMeter {
  readonly #watchers = new Set<() => void>();
  #latencyMs: number | undefined;
  #shownAt = 0;

  readonly latencyMs = (): number | undefined => this.#latencyMs;

  readonly watch = (change: () => void): (() => void) => {
    this.#watchers.add(change);
    return () => this.#watchers.delete(change);
  };

  readonly measure = async <Reply>(reply: Promise<Reply>): Promise<Reply> => {
    const began = performance.now();
    const settled = await reply;
    const now = performance.now();
    if (now - this.#shownAt > SHOWN_MS) {
      this.#shownAt = now;
      this.#latencyMs = now - began;
      for (const change of [...this.#watchers]) change();
    }
    return settled;
  };
}

/** The meter of this board. */
export function useLatency(): LatencyMeter {
  const [meter] = useState(() => new LatencyMeter());
  return meter;
}
