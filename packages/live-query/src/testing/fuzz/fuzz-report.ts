/** What a fuzz has found. */
export interface FuzzReport {
  worlds: number;
  rounds: number;
  subscriptions: number;
  reconnects: number;
  commits: number;
  /** Comparisons of settled states, of intermediate ones, and of intermediate ones that were mixed. */
  settled: number;
  intermediate: number;
  mixed: number;
  readonly mismatches: string[];
}

export function emptyReport(): FuzzReport {
  return {
    worlds: 0,
    rounds: 0,
    subscriptions: 0,
    reconnects: 0,
    commits: 0,
    settled: 0,
    intermediate: 0,
    mixed: 0,
    mismatches: [],
  };
}
