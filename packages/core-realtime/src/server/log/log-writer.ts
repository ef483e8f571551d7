import type { LogLine } from "./log-line.js";
import { stackOf } from "./printable.js";

/** Where the log is written; the shape of pino, and of `ILogger` of core-observability. */
export interface RealtimeLogger {
  /** Takes a line about what a client or the setup has done wrong. */
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Takes a line about a failure, with its cause under `err`. */
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Writes one line. */
export type WriteLine = (line: LogLine) => void;

/** Writes to the console: the sentence, and below it the stack. */
export function writeToConsole({ sentence, cause }: LogLine): void {
  console.error(cause === undefined ? `realtime: ${sentence}` : `realtime: ${sentence}\n${stackOf(cause)}`);
}

/** Writes to a logger: failures as errors with their cause under `err`, everything else as warnings. */
export function writeToLogger(logger: RealtimeLogger): WriteLine {
  return ({ kind, sentence, cause }) => {
    if (kind === "failure") logger.error({ err: cause }, `realtime: ${sentence}`);
    else logger.warn({}, `realtime: ${sentence}`);
  };
}
