export {
  createNextRealtime,
  type NextRealtime,
  type NextRealtimeOptions,
  type RouteHandler,
} from "./create-next-realtime.js";
