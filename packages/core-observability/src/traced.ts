import type { ILogger } from "./logger";
import type { ITracer } from "./tracer";
import { withCapture } from "./with-capture";
import { withSpan } from "./with-span";

/** What a traced handler reports to; a feature's bind context has both. */
export interface TracedContext {
  /** Where spans begin. */
  readonly tracer: ITracer;
  /** Where failures are written. */
  readonly logger: ILogger;
}

const REALTIME_HANDLER = "realtime-handler";

/**
 * Wraps a realtime handler, synchronous or not: each message is a span under `name`, and what the handler throws is logged once and thrown on.
 * `withSpan` outside, `withCapture` inside, both for the layer "realtime-handler".
 *
 * @example
 * registry.register(noteChannel, traced(context, ordersHandlers.onNote, onNote));
 */
export function traced<Args extends readonly unknown[], Result>(
  { tracer, logger }: TracedContext,
  name: string,
  handler: (...args: Args) => Result,
): (...args: Args) => Result {
  return withSpan(tracer, { op: REALTIME_HANDLER, name }, withCapture(logger, { layer: REALTIME_HANDLER }, handler));
}
