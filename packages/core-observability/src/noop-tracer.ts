import type { ISpan, ITracer } from "./tracer";

const noopSpan: ISpan = Object.freeze({ setAttributes() {}, fail() {}, end() {} });

/** Times nothing: the default where an app gives no tracer. */
export const noopTracer: ITracer = Object.freeze({
  startActiveSpan: <Result>(_description: unknown, run: (span: ISpan) => Result): Result => run(noopSpan),
});
