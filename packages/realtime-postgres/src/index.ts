export { PostgresBroker, type PostgresBrokerOptions } from "./broker/postgres-broker.js";
export { ChangeFeed, type ChangeFeedOptions } from "./changes/change-feed.js";
export type { ChangeBatch, ChangeConsumer, RowChange, RowImage } from "./changes/row-change.js";
export { IMAGE_SETTINGS } from "./changes/image-settings.js";
export { Snapshot } from "./changes/snapshot.js";
export { unwatchTable, watchTable, type WatchOptions } from "./changes/watch-table.js";
export { deletePeriodically, type PeriodicDeleteOptions } from "./client/periodic-delete.js";
export { PgClient } from "./client/pg-client.js";
export type { PgClientOptions, PgPool } from "./client/pg-options.js";
export { PgliteClient, type PgliteClientOptions } from "./client/pglite-client.js";
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
export { createSqlChannels, type SqlChannels, type SqlChannelsOptions } from "./create-sql-channels.js";
export { storedNameOf, wireNameOf } from "./channels/channel-names.js";
export { identityOf, type ClientIdentity, type IdentityOptions } from "./permissions/client-identity.js";
export { PostgresHistory } from "./history/postgres-history.js";
export { migrate } from "./migrations/migrate.js";
export { migrationStatus, type MigrationState } from "./migrations/migration-status.js";
export { openDatabase, type OpenDatabaseOptions } from "./open-database.js";
export { PostgresPubSub, type PostgresPubSubOptions } from "./pub-sub/postgres-pub-sub.js";
export { PostgresReplyStore, type PostgresReplyStoreOptions } from "./replies/postgres-reply-store.js";
export { Relay, type RelayOptions } from "./relay/relay.js";
export { Retention, type RetentionOptions } from "./retention/retention.js";
export { AudienceCounter, type AudienceCounterOptions } from "./stats/audience-counter.js";
export type { RetryScheduleOptions } from "./webhooks/retry-schedule.js";
export type { SecretsOf } from "./webhooks/webhook-sender.js";
export type { WebhookTargetOptions } from "./webhooks/webhook-target.js";
export { WebhookWorker, type WebhookWorkerOptions } from "./webhooks/webhook-worker.js";
