/** What a span can be annotated with. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** `op` is the kind of work, one of few ("realtime-handler"); `name` is which one ("orders.note"), the kind where left out. */
export interface SpanDescription {
  /** The kind of work. */
  readonly op: string;
  /** Which one; default: the kind. */
  readonly name?: string;
}

/** A piece of work in progress. */
export interface ISpan {
  /** Adds to what is known of the work; a name that is there gets the new value. */
  setAttributes(attributes: SpanAttributes): void;
  /** Records what was thrown and marks the span as failed. */
  fail(error: unknown): void;
  /** The work has ended. */
  end(): void;
}

/**
 * Times pieces of work, each within the one that contains it.
 *
 * `startActiveSpan` MUST call `run` exactly once and at once, return its result untouched, and make the span the parent of every span
 * that `run` starts, after an `await` too. It MUST NOT end the span: the caller does, when the work has ended. Neither it nor a span may throw.
 */
export interface ITracer {
  /** Runs work within a new span; the result is that of `run`. */
  startActiveSpan<Result>(description: SpanDescription, run: (span: ISpan) => Result): Result;
}
