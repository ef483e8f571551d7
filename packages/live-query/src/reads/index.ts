export { analyseStatement } from "./analyse-statement.js";
export type { ValueKind } from "./canonical-value.js";
export { ReadIndex } from "./read-index.js";
export {
  readSetOf,
  unionOfReads,
  type ReadSet,
  type StatementEquality,
  type StatementRead,
  type StatementReads,
  type TableRead,
  type ValueSource,
} from "./read-set.js";
export { recordReads, type RecordedReads } from "./record-reads.js";
export { trackTableRead } from "./recording.js";
export { StatementCache } from "./statement-cache.js";
export { trackDrizzle } from "./track-drizzle.js";
export { trackKysely } from "./track-kysely.js";
export { trackPg, type PgQueryable } from "./track-pg.js";
export { trackPglite, type PgliteQueryable } from "./track-pglite.js";
export { trackSqlClient } from "./track-sql-client.js";
