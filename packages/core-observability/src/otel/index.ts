export { createOtelTracer, type OtelTracerOptions } from "./otel-tracer";
