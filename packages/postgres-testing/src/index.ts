export type { SharedServer } from "./global-setup.js";
export { PgBouncer, type PgBouncerOptions } from "./pg-bouncer.js";
export { debianBinaries, embeddedBinaries, type PostgresBinaries } from "./postgres-binaries.js";
export { PostgresServer, type PostgresServerOptions, type StopMode, type TestDatabase } from "./postgres-server.js";
export { RUN_OWNER } from "./run-owner.js";
export { sharedDatabase, type SharedDatabaseOptions } from "./shared-database.js";
