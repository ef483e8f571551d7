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

/** Runs with a deadline. The signal, made where somebody asks for it, aborts when it has passed; a late result is let go. */
export function withDeadline<T>(
  { clock, ms, code }: Deadline,
  run: (signalOf: () => AbortSignal) => Promise<T>,
): Promise<T> {
  let aborter: AbortController | undefined;
  let late: RealtimeError | undefined;
  const signalOf = () => {
    aborter ??= new AbortController(); // most never ask, and it costs more than a handler
    if (late) aborter.abort(late);
    return aborter.signal;
  };
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      late = new RealtimeError(code);
      aborter?.abort(late);
      reject(late);
    });
    const settle = (end: () => void) => {
      cancel();
      end();
    };
    run(signalOf).then(
      (value) => settle(() => resolve(value)),
      (cause: unknown) => settle(() => reject(cause)),
    );
  });
}

/** What a gate waits for, within the time that a handler has; what answers at once needs no timer. */
export function inTime<T>(
  { clock, limits }: { readonly clock: Clock; readonly limits: Pick<RealtimeLimits, "handlerMs"> },
  run: () => Promise<T> | T,
): Promise<T> | T {
  const asked = run();
  if (!(asked instanceof Promise)) return asked;
  return withDeadline({ clock, ms: limits.handlerMs, code: "HANDLER_TIMEOUT" }, () => asked);
}
