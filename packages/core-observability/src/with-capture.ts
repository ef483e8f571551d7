import type { ILogger } from "./logger";
import { observeOutcome } from "./observe-outcome";

/** Where the wrapped function belongs, such as "realtime-handler" or "use-case". */
export interface CaptureOptions {
  /** The word by which a log is searched. */
  readonly layer: string;
}

const captured = new WeakSet<object>();

/**
 * Wraps a function, synchronous or not: what it throws is logged once, by the innermost wrapper, and thrown on as it is.
 * A refusal (an error with a `code` and a form for the wire, and without a `cause`) is the ordinary course of things: it is logged as `info`.
 *
 * @example
 * const shipOrder = withCapture(logger, { layer: "use-case" }, async (orderId: string) => { … });
 */
export function withCapture<Args extends readonly unknown[], Result>(
  logger: ILogger,
  { layer }: CaptureOptions,
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  const failed = (error: unknown) => {
    if (!isFirstSeen(error)) return;
    if (isRefusal(error)) logger.info({ layer, code: error.code }, `${layer} refused: ${error.message}`);
    else logger.error({ layer, err: error }, `${layer} failed`);
  };
  return (...args) => observeOutcome(() => work(...args), { failed, ended: () => {} });
}

function isFirstSeen(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return true; // a thrown string has no identity to remember
  if (captured.has(error)) return false;
  captured.add(error);
  return true;
}

function isRefusal(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && "code" in error && "toWire" in error && error.cause === undefined;
}
