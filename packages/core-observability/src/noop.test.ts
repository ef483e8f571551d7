import { expect, it } from "vitest";
import { noopLogger } from "./noop-logger";
import { noopTracer } from "./noop-tracer";
import { withCapture } from "./with-capture";
import { withSpan } from "./with-span";

it("runs what it wraps and passes on its result and its error", () => {
  const half = (n: number) => {
    if (n % 2 !== 0) throw new RangeError(`${n} is odd`);
    return n / 2;
  };
  const wrapped = withSpan(noopTracer, { op: "use-case" }, withCapture(noopLogger, { layer: "use-case" }, half));
  expect(wrapped(4)).toBe(2);
  expect(() => wrapped(3)).toThrow(RangeError);
});
