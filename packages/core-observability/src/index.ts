export type { ILogger, LogFields } from "./logger";
export { noopLogger } from "./noop-logger";
export { noopTracer } from "./noop-tracer";
export type { ISpan, ITracer, SpanAttributes, SpanDescription } from "./tracer";
export { traced, type TracedContext } from "./traced";
export { withCapture, type CaptureOptions } from "./with-capture";
export { withSpan } from "./with-span";
