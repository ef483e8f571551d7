export {
  realtimeCollectionOptions,
  type OwnMutation,
  type RealtimeCollectionOptions,
} from "./realtime-collection-options.js";
export type { RowReading } from "./synced-rows.js";
