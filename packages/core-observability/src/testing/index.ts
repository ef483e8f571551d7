export { RecordingLogger, type LogEntry } from "./recording-logger";
export { RecordingTracer, type RecordedSpan } from "./recording-tracer";
