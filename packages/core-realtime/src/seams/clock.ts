/** Time, passed in so that tests control it. */
export interface Clock {
  /** Milliseconds since 1970: for timestamps that users and peers read. */
  now(): number;
  /** Milliseconds that never jump: for limits, deadlines and time-outs. */
  monotonic(): number;
  /** Runs once, after so many milliseconds; returns the undo. Never keeps the process alive. */
  after(ms: number, run: () => void): () => void;
}
