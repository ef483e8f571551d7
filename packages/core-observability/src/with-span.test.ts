import { expect, it } from "vitest";
import { RecordingTracer } from "./testing/index";
import { withSpan } from "./with-span";

const boom = new Error("boom");
const description = { op: "use-case", name: "shipOrder" };

it("passes on arguments and result, and ends the span once", () => {
  const tracer = new RecordingTracer();
  const add = withSpan(tracer, description, (a: number, b: number) => a + b);
  expect(add(1, 2)).toBe(3);
  expect(tracer.spans).toEqual([{ ...description, attributes: {}, failures: [], ends: 1 }]);
});

it("ends the span of a promise when it is kept, not before, and returns the same promise", async () => {
  const tracer = new RecordingTracer();
  let keep = (_value: string) => {};
  const promise = new Promise<string>((resolve) => {
    keep = resolve;
  });
  const returned = withSpan(tracer, description, () => promise)();
  expect(returned).toBe(promise);
  expect(tracer.spans[0]?.ends).toBe(0);
  keep("shipped");
  await expect(returned).resolves.toBe("shipped");
  expect(tracer.spans[0]).toMatchObject({ ends: 1, failures: [] });
});

it("records a throw, ends the span, and throws the same error", () => {
  const tracer = new RecordingTracer();
  const fail = withSpan(tracer, description, () => {
    throw boom;
  });
  expect(fail).toThrow(boom);
  expect(tracer.spans[0]).toMatchObject({ failures: [boom], ends: 1 });
});

it("records a rejection, ends the span, and rejects with the same error", async () => {
  const tracer = new RecordingTracer();
  await expect(withSpan(tracer, description, () => Promise.reject(boom))()).rejects.toBe(boom);
  expect(tracer.spans[0]).toMatchObject({ failures: [boom], ends: 1 });
});

it("does not start a lazy thenable", () => {
  let calls = 0;
  const query = { then: () => (calls += 1) };
  expect(withSpan(new RecordingTracer(), description, () => query)()).toBe(query);
  expect(calls).toBe(0);
});

it("names the span after its kind where it has no name of its own", () => {
  const tracer = new RecordingTracer();
  withSpan(tracer, { op: "use-case" }, () => {})();
  expect(tracer.spans[0]).toMatchObject({ op: "use-case", name: "use-case" });
});
