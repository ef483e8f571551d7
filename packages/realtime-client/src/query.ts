export { createMutations, type MutationOptions, type Mutations } from "./query/create-mutations.js";
export { createQueries, type Queries } from "./query/create-queries.js";
export type {
  AnyDatabase,
  AnyNamedQueries,
  ColumnOf,
  ConditionOf,
  DatabaseOf,
  NamedQueriesOf,
  Operands,
  TableTypes,
} from "./query/database.js";
export type { DatabaseOfDrizzle } from "./query/database-of-drizzle.js";
export type { DatabaseOfKysely } from "./query/database-of-kysely.js";
export { isChangeRefusal, isConflict, type ChangeRefusal, type Conflict } from "./query/is-conflict.js";
export type { LiveQueries, QueryClient } from "./query/live-queries.js";
export type { LiveQuery } from "./query/live-query.js";
export type { Query, TableQuery } from "./query/table-query.js";
export type { Condition, NamedQuery, QueryNode, Row } from "./query/query-node.js";
export { PENDING, type PreloadedQuery, type QuerySnapshot } from "./query/query-snapshot.js";
export type { ChangeOf, Expected, RecordChange, RecordId } from "./query/record-change.js";
export { uuidV7 } from "./query/uuid-v7.js";
