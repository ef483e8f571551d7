import { expect, it } from "vitest";
import { RecordingLogger, RecordingTracer } from "./testing/index";
import { traced } from "./traced";

it("runs the handler in a span of its name, and returns its result", () => {
  const context = { tracer: new RecordingTracer(), logger: new RecordingLogger() };
  expect(traced(context, "orders.on-note", (a: number, b: number) => a + b)(1, 2)).toBe(3);
  expect(context.tracer.spans).toEqual([
    { op: "realtime-handler", name: "orders.on-note", attributes: {}, failures: [], ends: 1 },
  ]);
  expect(context.logger.entries).toEqual([]);
});

it("logs what the handler rejects with once, records it in the span, and rejects with the same error", async () => {
  const context = { tracer: new RecordingTracer(), logger: new RecordingLogger() };
  const error = new Error("not shipped");
  await expect(traced(context, "orders.on-note", () => Promise.reject(error))()).rejects.toBe(error);
  expect(context.tracer.spans).toMatchObject([{ failures: [error], ends: 1 }]);
  expect(context.logger.entries).toEqual([
    { level: "error", fields: { layer: "realtime-handler", err: error }, message: "realtime-handler failed" },
  ]);
});
