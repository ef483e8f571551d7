import { type Span, SpanStatusCode, trace, type TracerProvider } from "@opentelemetry/api";
import type { ISpan, ITracer } from "../tracer";

/** The instrumentation's own name and version; `provider` is the app's, the registered global one where left out. */
export interface OtelTracerOptions {
  /** The instrumentation's name. */
  readonly name: string;
  /** Its version. */
  readonly version?: string;
  /** Default: the one that the app has registered globally. */
  readonly provider?: TracerProvider;
}

/** Spans by OpenTelemetry's API alone: without an SDK, which the app brings, they cost next to nothing and go nowhere. */
export function createOtelTracer({ name, version, provider = trace }: OtelTracerOptions): ITracer {
  const tracer = provider.getTracer(name, version);
  return {
    startActiveSpan: ({ op, name = op }, run) =>
      tracer.startActiveSpan(name, { attributes: { "fourgate.op": op } }, (span) => run(toSpan(span))),
  };
}

function toSpan(span: Span): ISpan {
  return {
    setAttributes: (attributes) => void span.setAttributes(attributes),
    fail(error) {
      const exception = error instanceof Error ? error : String(error);
      span.recordException(exception);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(exception) });
    },
    end: () => span.end(),
  };
}
