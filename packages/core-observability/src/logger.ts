/** The fields beside the message. An error goes under `err`, its cause included. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the program logs what it does; pino's shape, fields first.
 *
 * An implementation MUST write secrets (tokens, cookies, passwords) nowhere, at any depth of `fields`.
 * It MUST NOT throw, wait, or change what it receives.
 */
export interface ILogger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
