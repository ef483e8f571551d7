/** The fields beside the message. An error goes under `err`, its cause included. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the program logs what it does; pino's shape, fields first.
 *
 * An implementation MUST write secrets (tokens, cookies, passwords) nowhere, at any depth of `fields`.
 * It MUST NOT throw, wait, or change what it receives.
 */
export interface ILogger {
  /** For whoever looks for a fault. */
  debug(fields: LogFields, message: string): void;
  /** What happens as it should. */
  info(fields: LogFields, message: string): void;
  /** What somebody should look at, some time. */
  warn(fields: LogFields, message: string): void;
  /** What has failed. */
  error(fields: LogFields, message: string): void;
}
