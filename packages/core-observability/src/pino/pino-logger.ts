import { pino } from "pino";
import type { ILogger } from "../logger";
import { loggable } from "./loggable";

/** `write` takes one line of JSON with its line end; standard output where left out. */
export interface PinoLoggerOptions {
  /** The lowest level that is written; default `info`. */
  readonly level?: "debug" | "info" | "warn" | "error" | "silent";
  /** The application's name, in each line. */
  readonly name?: string;
  /** Takes the lines; default: standard output. */
  readonly destination?: { write(line: string): void };
}

/** One line of JSON for each call, by pino, secrets left out. */
export function createPinoLogger({ level = "info", name, destination }: PinoLoggerOptions = {}): ILogger {
  const options = {
    level,
    ...(name === undefined ? {} : { name }),
    formatters: { log: loggableFields },
    serializers: { err: (err: unknown) => err }, // `loggable` has written it, cause and all
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

function loggableFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, loggable(value, key)]));
}
