export { createLiveQueries } from "./create-live-queries.js";
export type { LiveQueries, LiveQueriesOptions } from "./live-queries.js";
export type { AnyQuery, Condition, NamedQuery, QueryNode, Row } from "./query/query-node.js";
export type { Operation, Patch } from "./query/operation.js";
export { liveQueryChannel, type LiveQueryAsk, type LiveQueryOpening } from "./query/live-query-channel.js";
export { defineLiveTable, type LiveTable, type LiveTableOptions } from "./table/live-table.js";
