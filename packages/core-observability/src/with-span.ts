import { observeOutcome } from "./observe-outcome";
import type { ITracer, SpanDescription } from "./tracer";

/**
 * Wraps a function, synchronous or not, in a span: what it throws is recorded, and the span ends in every case.
 *
 * @example
 * const shipOrder = withSpan(tracer, { op: "use-case", name: "shipOrder" }, async (orderId: string) => { … });
 */
export function withSpan<Args extends readonly unknown[], Result>(
  tracer: ITracer,
  description: SpanDescription,
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) =>
    tracer.startActiveSpan(description, (span) =>
      observeOutcome(() => work(...args), {
        failed: (error) => span.fail(error),
        ended: () => span.end(),
      }),
    );
}
