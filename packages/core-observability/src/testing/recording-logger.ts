import type { ILogger, LogFields } from "../logger";

/** One call to a logger. */
export interface LogEntry {
  /** The method that was called. */
  readonly level: "debug" | "info" | "warn" | "error";
  /** Its first argument. */
  readonly fields: LogFields;
  /** Its second argument. */
  readonly message: string;
}

/** Keeps what was logged, for a test to read. */
export class RecordingLogger implements ILogger {
  /** Every call, oldest first. */
  readonly entries: LogEntry[] = [];

  /** Keeps the entry. */
  debug(fields: LogFields, message: string): void {
    this.entries.push({ level: "debug", fields, message });
  }

  /** Keeps the entry. */
  info(fields: LogFields, message: string): void {
    this.entries.push({ level: "info", fields, message });
  }

  /** Keeps the entry. */
  warn(fields: LogFields, message: string): void {
    this.entries.push({ level: "warn", fields, message });
  }

  /** Keeps the entry. */
  error(fields: LogFields, message: string): void {
    this.entries.push({ level: "error", fields, message });
  }
}
