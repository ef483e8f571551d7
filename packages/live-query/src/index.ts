export { autoRefreshChannel } from "./auto-refresh/auto-refresh.channel.js";
export type {
  AutoRefreshOptions,
  PageOptions,
  PageUser,
  RefreshingPage,
  RenderedPage,
} from "./auto-refresh/auto-refresh-options.js";
export { createAutoRefresh, type AutoRefresh } from "./auto-refresh/create-auto-refresh.js";
export { createLiveQueries } from "./create-live-queries.js";
export type { LiveQueries, LiveQueriesOptions } from "./live-queries.js";
export type { AnyQuery, Condition, NamedQuery, QueryNode, Row } from "./query/query-node.js";
export type { Operation, Patch } from "./query/operation.js";
export { liveQueryChannel, type LiveQueryAsk, type LiveQueryOpening } from "./query/live-query-channel.js";
export { defineLiveTable, type LiveTable, type LiveTableOptions } from "./table/live-table.js";
export { recordsChannel, type ChangeFault, type RecordsReply } from "./mutations/records-channel.js";
export type { Mutation, RecordChange, RecordValues, RowId } from "./mutations/record-change.js";
export type { MutationResult } from "./mutations/mutation-writer.js";
export {
  liveQuery,
  type BuiltQuery,
  type LiveQuery,
  type LiveQueryArgs,
  type LiveQueryOptions,
} from "./named/live-query.js";
export type { QueryResult } from "./record-reader.js";
export { createRecordsEndpoint, type RecordsEndpointOptions } from "./http/records-endpoint.js";
export { preloadQuery, type PreloadableQuery, type PreloadedQuery } from "./preload-query.js";
