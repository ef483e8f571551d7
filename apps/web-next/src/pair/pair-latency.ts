/** A change that was seen on both sides. */
export interface Crossing {
  readonly from: "left" | "right";
  readonly ms: number;
}

type Side = Crossing["from"];

interface Seen {
  readonly board: string;
  readonly at: number;
}

const KEPT = 20; // states of a board that the other side has not reached yet; it may never reach them where both change at once

/**
 * Times from a change on one side to the same change on the other. It compares what the two boards show: the side that shows a state
 * first is where the change was made, and the other side's time is when it arrived there. Knows no client and no clock.
 */
export class PairLatency {
  readonly #seen: Record<Side, readonly Seen[]> = { left: [], right: [] };

  /** One side shows this board now; returns the crossing that has ended with it. */
  shows(side: Side, board: string, at: number): Crossing | undefined {
    if (this.#seen[side].at(-1)?.board === board) return undefined;
    const from = side === "left" ? "right" : "left";
    const origin = this.#seen[from].slice(1).find((seen) => seen.board === board);
    if (origin) {
      this.#restart(board, at);
      return { from, ms: at - origin.at };
    }
    this.#seen[side] = [...this.#seen[side], { board, at }].slice(-KEPT);
    return undefined;
  }

  /** Forgets what is under way: a connection was cut, and what it holds back is no latency. */
  reset(): void {
    this.#seen.left = [];
    this.#seen.right = [];
  }

  #restart(board: string, at: number): void {
    this.#seen.left = [{ board, at }];
    this.#seen.right = [{ board, at }];
  }
}
