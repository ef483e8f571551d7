import type { ConnectionState } from "../connection/connection-state.js";
import type { ReservedEvents } from "./event-client.js";

/** One of the reserved events, with what it brings. */
export type ConnectionNews = readonly [event: keyof ReservedEvents, payload?: Error | string];

/** The event of a change of the connection. */
export function connectionNews(before: ConnectionState, now: ConnectionState): ConnectionNews | undefined {
  if (before.status === now.status) return undefined;
  const error = "error" in now ? now.error : undefined;
  if (now.status === "connected") return ["connect"];
  if (before.status === "connected")
    return ["disconnect", now.status === "idle" ? "client disconnect" : (error?.code ?? "transport close")];
  if (before.status !== "connecting" || now.status === "idle") return undefined;
  return ["connect_error", new Error(error?.message ?? "The server could not be reached.")];
}
