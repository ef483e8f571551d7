import type { Clock } from "../clock.js";
import type { RealtimeErrorCode } from "../error-codes.js";
import { RealtimeError } from "../realtime-error.js";

/** How long, by which clock, and what is thrown after that. */
export interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  readonly code: RealtimeErrorCode;
}

/** Runs with a deadline; `signal` aborts when it has passed, and a late result is let go. */
export async function withDeadline<T>(
  { clock, ms, code }: Deadline,
  run: (signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const aborter = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      const error = new RealtimeError(code);
      aborter.abort(error);
      reject(error);
    });
    const settled = async () => run(aborter.signal); // a synchronous throw becomes a rejection
    settled().then(resolve, reject).finally(cancel);
  });
}
