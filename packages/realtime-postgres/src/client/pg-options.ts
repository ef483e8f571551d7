import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type pg from "pg";

/** A pool of `pg` that the app made. The app closes it. */
export type PgPool = Pick<pg.Pool, "connect" | "options" | "on" | "off">;

/** Where the database is: a connection string, or a pool of the app's. */
export interface PgClientOptions {
  /** Such as `postgres://app@localhost:5432/app`. Left out: the variables `PGHOST`, `PGUSER` … of libpq. */
  readonly connectionString?: string;
  /** TLS, as `pg` takes it; `sslmode` in the connection string is stronger. */
  readonly ssl?: pg.ClientConfig["ssl"];
  /** In place of connections of this client's own; its settings are used for dedicated connections too. */
  readonly pool?: PgPool;
  /** The server itself, where `connectionString` leads to a pooler in transaction mode: for LISTEN and sessions. */
  readonly directConnectionString?: string;
  /** `none`: no pooler, or one that keeps sessions. `transaction`: no sessions. Default `detect`: any pooler counts as `transaction`. */
  readonly pooling?: "detect" | "none" | "transaction";
  /** Connections of the pool; default 10. */
  readonly maxConnections?: number;
  /** How long to wait for a connection, a new one or a free one; default 5 000 ms. */
  readonly connectionTimeoutMs?: number;
  /** How long one statement may run; default 15 000 ms. A script, such as a migration, may run longer. */
  readonly statementTimeoutMs?: number;
  /** How often `onGap` is called where notifications cannot be received; default 100 ms. */
  readonly pollMs?: number;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/** The same with every default in its place. */
export interface PgSettings {
  readonly pool: pg.PoolConfig;
  readonly direct: pg.ClientConfig;
  readonly pooling: "detect" | "none" | "transaction";
  readonly statementTimeoutMs: number;
  /** Longer than the server takes to end the statement by itself. */
  readonly replyTimeoutMs: number;
  readonly pollMs: number;
  readonly clock: Clock;
}

export function pgSettings(options: PgClientOptions): PgSettings {
  const { connectionTimeoutMs = 5_000, statementTimeoutMs = 15_000, pooling = "detect" } = options;
  const place = options.pool ? options.pool.options : placeOf(options.connectionString, options.ssl);
  const common = {
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    fallback_application_name: "fourgate",
  };
  const { directConnectionString } = options;
  const direct = directConnectionString === undefined ? place : placeOf(directConnectionString, options.ssl);
  return {
    pool: { ...common, ...place, max: options.maxConnections ?? 10 },
    direct: { ...common, ...direct, password: direct.password }, // a pool hides it from a copy
    pooling: directConnectionString === undefined ? pooling : "none",
    statementTimeoutMs,
    replyTimeoutMs: statementTimeoutMs + 2_000,
    pollMs: options.pollMs ?? 100,
    clock: options.clock ?? systemClock,
  };
}

function placeOf(connectionString: string | undefined, ssl: pg.ClientConfig["ssl"]): pg.ClientConfig {
  return {
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}
