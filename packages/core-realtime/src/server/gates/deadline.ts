import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import type { RealtimeLimits } from "../limits/limits.js";

/** How long, in which queue, and what is thrown after that. */
export interface Deadline {
  readonly deadlines: DeadlineQueue;
  readonly ms: number;
  readonly code: RealtimeErrorCode;
}

/** The signal that aborts at the deadline. Created when it is first read: most handlers never do, and it costs more than they. */
export type SignalOf = () => AbortSignal;

/**
 * Runs with a deadline. A value or a throw that comes at once is passed on at once, without a timer and without a promise;
 * a promise is raced against the deadline, and what it brings later is dropped.
 */
export function withDeadline<T>(deadline: Deadline, run: (signalOf: SignalOf) => Promise<T> | T): Promise<T> | T {
  let aborter: AbortController | undefined;
  let late: RealtimeError | undefined;
  const result = run(() => {
    aborter ??= new AbortController();
    if (late) aborter.abort(late);
    return aborter.signal;
  });
  if (!isThenable(result)) return result;
  return new Promise<T>((resolve, reject) => {
    const cancel = deadline.deadlines.set(deadline.ms, () => {
      late = new RealtimeError(deadline.code);
      aborter?.abort(late);
      reject(late);
    });
    result.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (cause: unknown) => {
        cancel();
        reject(cause);
      },
    );
  });
}

/** What a gate waits for, within the time that a handler has. */
export function inTime<T>(
  { deadlines, limits }: { readonly deadlines: DeadlineQueue; readonly limits: Pick<RealtimeLimits, "handlerMs"> },
  run: () => Promise<T> | T,
): Promise<T> | T {
  return withDeadline({ deadlines, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" }, run);
}
