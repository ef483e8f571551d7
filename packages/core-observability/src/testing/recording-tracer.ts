import type { ISpan, ITracer, SpanAttributes, SpanDescription } from "../tracer";

/** A span as a test reads it. `ends` counts: anything but 1 is a mistake once the work is over. */
export interface RecordedSpan {
  /** The kind of work. */
  readonly op: string;
  /** Which one. */
  readonly name: string;
  /** As they were set last. */
  readonly attributes: SpanAttributes;
  /** What was recorded as thrown, oldest first. */
  readonly failures: readonly unknown[];
  /** How often it was ended. */
  readonly ends: number;
}

/** Keeps the spans it started, in the order of their starts, for a test to read. */
export class RecordingTracer implements ITracer {
  readonly #spans: RecordingSpan[] = [];

  /** Every span that was started. */
  get spans(): readonly RecordedSpan[] {
    return this.#spans.map((span) => span.recorded);
  }

  /** Runs the work within a span that is kept. */
  startActiveSpan<Result>(description: SpanDescription, run: (span: ISpan) => Result): Result {
    const span = new RecordingSpan(description);
    this.#spans.push(span);
    return run(span);
  }
}

class RecordingSpan implements ISpan {
  #recorded: RecordedSpan;

  constructor({ op, name = op }: SpanDescription) {
    this.#recorded = { op, name, attributes: {}, failures: [], ends: 0 };
  }

  get recorded(): RecordedSpan {
    return this.#recorded;
  }

  setAttributes(attributes: SpanAttributes): void {
    this.#recorded = { ...this.#recorded, attributes: { ...this.#recorded.attributes, ...attributes } };
  }

  fail(error: unknown): void {
    this.#recorded = { ...this.#recorded, failures: [...this.#recorded.failures, error] };
  }

  end(): void {
    this.#recorded = { ...this.#recorded, ends: this.#recorded.ends + 1 };
  }
}
