/** What a span can be annotated with. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** `op` is the kind of work, one of few ("realtime-handler"); `name` is which one ("orders.note"), the kind where left out. */
export interface SpanDescription {
  readonly op: string;
  readonly name?: string;
}

/** A piece of work in progress. */
export interface ISpan {
  setAttributes(attributes: SpanAttributes): void;
  /** Records what was thrown and marks the span as failed. */
  fail(error: unknown): void;
  end(): void;
}

/**
 * Times pieces of work, each within the one that contains it.
 *
 * `startActiveSpan` MUST call `run` exactly once and at once, return its result untouched, and make the span the parent of every span
 * that `run` starts, after an `await` too. It MUST NOT end the span: the caller does, when the work has ended. Neither it nor a span may throw.
 */
export interface ITracer {
  startActiveSpan<Result>(description: SpanDescription, run: (span: ISpan) => Result): Result;
}
