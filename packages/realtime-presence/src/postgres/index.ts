export { PostgresPresenceStore, type PresenceSql } from "./postgres-presence-store.js";
