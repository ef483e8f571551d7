export { autoRefreshChannel } from "./auto-refresh/auto-refresh.channel.js";
export type {
  AutoRefreshOptions,
  PageOptions,
  PageUser,
  RefreshingPage,
  RenderedPage,
} from "./auto-refresh/auto-refresh-options.js";
export { createAutoRefresh, type AutoRefresh } from "./auto-refresh/create-auto-refresh.js";
