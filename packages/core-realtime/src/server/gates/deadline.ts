import type { Clock } from "../../seams/clock.js";
import type { RealtimeErrorCode } from "../../wire/error-codes.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "../limits/limits.js";

/** How long, by which clock, and what is thrown after that. */
export interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  readonly code: RealtimeErrorCode;
}

/**
 * Runs with a deadline; at once where `run` returns at once. The signal, made where somebody reads it, aborts when the deadline has
 * passed; a later result is ignored.
 */
export function withDeadline<T>(
  { clock, ms, code }: Deadline,
  run: (signalOf: () => AbortSignal) => Promise<T> | T,
): Promise<T> | T {
  let aborter: AbortController | undefined;
  let late: RealtimeError | undefined;
  const result = run(() => {
    aborter ??= new AbortController(); // most handlers never read it, and it costs more than they do
    if (late) aborter.abort(late);
    return aborter.signal;
  });
  if (!(result instanceof Promise)) return result;
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      late = new RealtimeError(code);
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

/** A gate's check within the time that a handler has; at once where it is synchronous. */
export function inTime<T>(
  { clock, limits }: { readonly clock: Clock; readonly limits: Pick<RealtimeLimits, "handlerMs"> },
  run: () => Promise<T> | T,
): Promise<T> | T {
  return withDeadline({ clock, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" }, run);
}
