/** Statements on one connection. Values are bound, never written into the text. */
export interface SqlConnection {
  /**
   * One statement. Rows are objects by column name: `json` and `jsonb` parsed, `bigint`, `numeric` and `xid8` as strings,
   * `timestamptz` as a `Date`, arrays of text as arrays.
   * Rejects with a `SqlError`.
   */
  query<Row = Readonly<Record<string, unknown>>>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements without values, separated by `;`. */
  execute(script: string): Promise<void>;
}

/** A dedicated connection, for what lives in a session: advisory locks, prepared statements. */
export interface SqlSession extends SqlConnection {
  /** Resolves when the connection is closed, by either side; never rejects. */
  readonly closed: Promise<void>;
  /** Closes the connection; its locks are free then. */
  close(): Promise<void>;
}

/** Receives what is notified on one Postgres notification channel. */
export interface NotifyListener {
  /** One notification, with the text that `NOTIFY` was given. */
  onNotify(payload: string): void;
  /** Notifications may have been missed: the connection was lost and is there again, or it was never able to receive. */
  onGap(): void;
}

/**
 * The database, as this package uses it.
 * MUST reject with a `SqlError` that states whether the server was unreachable, so that a caller can refuse with a retryable code.
 * MUST reconnect by itself. MUST NOT end the process by an unhandled rejection or an `error` event.
 */
export interface SqlClient {
  /** One statement in a transaction of its own, on any connection. */
  query<Row = Readonly<Record<string, unknown>>>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * Runs `work` in one transaction, READ COMMITTED unless `isolation` is given; commits when it resolves, rolls back when it
   * rejects, with the same error.
   */
  transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T>;
  /** Resolves, with the undo, when everything that is notified from now on is received, or its loss is reported by `onGap`. */
  listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>>;
  /**
   * A dedicated connection; undefined where there is none to have: PGlite has one for all, a pooler in transaction mode keeps no
   * session. What would need one polls instead.
   */
  session(): Promise<SqlSession | undefined>;
  /** Closes what it opened; what the app passed in remains the app's. May be called twice. */
  close(): Promise<void>;
}

/** A statement that failed. */
export class SqlError extends Error {
  override readonly name = "SqlError";
  /** SQLSTATE, such as `"42501"`; undefined where the server never replied. */
  readonly code: string | undefined;
  /** The server was unreachable, is shutting down, or has no connection left: the same request may succeed later. */
  readonly isUnavailable: boolean;

  constructor(message: string, details: SqlErrorDetails) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.isUnavailable = details.isUnavailable;
  }
}

/** What is known of a database's error. */
export interface SqlErrorDetails {
  /** Five characters of SQLSTATE; undefined where the server has given none. */
  readonly code?: string | undefined;
  /** Whether the database could not be reached, or had no free connection: the same statement may succeed later. */
  readonly isUnavailable: boolean;
  /** What the driver threw. */
  readonly cause?: unknown;
}
