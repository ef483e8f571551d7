export { PgClient } from "./client/pg-client.js";
export type { PgClientOptions, PgPool } from "./client/pg-options.js";
export { PostgresBroker, type PostgresBrokerOptions } from "./broker/postgres-broker.js";
export { PgClient, type PgClientOptions } from "./client/pg-client.js";
export { PgliteClient } from "./client/pglite-client.js";
export {
  SqlError,
  type NotifyListener,
  type SqlClient,
  type SqlConnection,
  type SqlErrorDetails,
  type SqlSession,
} from "./client/sql-client.js";
export {
  createPostgresRealtime,
  type PostgresRealtime,
  type PostgresRealtimeOptions,
} from "./create-postgres-realtime.js";
export { PostgresHistory } from "./history/postgres-history.js";
export { migrate } from "./migrations/migrate.js";
export { Relay, type RelayOptions } from "./relay/relay.js";
