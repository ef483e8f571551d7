import { SpanStatusCode } from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterAll, beforeEach, expect, it } from "vitest";
import { withSpan } from "../with-span";
import { createOtelTracer } from "./otel-tracer";

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register(); // for its context manager: parents are found through it

const tracer = createOtelTracer({ name: "orders", version: "1.2.3", provider });
const finished = (name: string) => exporter.getFinishedSpans().find((span) => span.name === name);

beforeEach(() => exporter.reset());
afterAll(() => provider.shutdown());

it("exports a span with its name, its kind of work and the instrumentation", async () => {
  await withSpan(tracer, { op: "realtime-handler", name: "orders.note" }, async () => {})();
  expect(finished("orders.note")).toMatchObject({
    attributes: { "fourgate.op": "realtime-handler" },
    instrumentationScope: { name: "orders", version: "1.2.3" },
    status: { code: SpanStatusCode.UNSET },
  });
});

it("makes a span the parent of those started inside it, after an await too", async () => {
  const inside = withSpan(tracer, { op: "repository", name: "inside" }, async () => {});
  await withSpan(tracer, { op: "use-case", name: "outside" }, async () => {
    await Promise.resolve();
    await inside();
  })();
  expect(finished("inside")?.parentSpanContext?.spanId).toBe(finished("outside")?.spanContext().spanId);
});

it("sets the error status and records the exception", async () => {
  const fail = withSpan(tracer, { op: "use-case", name: "shipOrder" }, () =>
    Promise.reject(new RangeError("no stamps")),
  );
  await expect(fail()).rejects.toThrow("no stamps");
  expect(finished("shipOrder")).toMatchObject({
    status: { code: SpanStatusCode.ERROR, message: "RangeError: no stamps" },
    events: [{ name: "exception", attributes: { "exception.message": "no stamps" } }],
  });
});

it("records what is thrown without being an error", () => {
  const fail = withSpan(tracer, { op: "use-case", name: "shipOrder" }, () => {
    throw "no stamps";
  });
  expect(fail).toThrow("no stamps");
  expect(finished("shipOrder")?.events[0]?.attributes).toMatchObject({ "exception.message": "no stamps" });
});

it("keeps the attributes that are set on the way", () => {
  tracer.startActiveSpan({ op: "use-case", name: "shipOrder" }, (span) => {
    span.setAttributes({ "order.id": "7" });
    span.end();
  });
  expect(finished("shipOrder")?.attributes).toMatchObject({ "order.id": "7" });
});

it("uses the provider that the app registers where none is given", () => {
  withSpan(createOtelTracer({ name: "orders" }), { op: "use-case", name: "global" }, () => {})();
  expect(finished("global")).toBeDefined();
});
