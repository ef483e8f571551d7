export type { Realtime } from "@repo/core-realtime/server"; // the type of `realtime`, which declarations have to name
export {
  createNextRealtime,
  type NextRealtime,
  type NextRealtimeOptions,
  type RouteHandler,
} from "./create-next-realtime.js";
