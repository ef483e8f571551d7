export type { LiveHook, LiveHooks } from "./page/widgets.js";
export type { JoinedPage, PageConnection, PageLink } from "./page/page-connection.js";
export { startLive, type Live, type LiveOptions } from "./start-live.js";
export type { ActionMessage, LiveFailure, WireContent, WireEntry, WireNotice, WireReply, WireSlot } from "./wire.js";
