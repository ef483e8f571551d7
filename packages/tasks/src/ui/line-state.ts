import type { ConnectionState } from "@repo/realtime-react";

/** How the board stands, in a word. */
export type LineState = "live" | "joining" | "away" | "unplugged" | "refused";

/** From the connection and the channel of the cards. */
export function lineState(connection: ConnectionState, channel: "subscribing" | "subscribed" | "refused"): LineState {
  if (connection.status === "stopped" || channel === "refused") return "refused";
  if (connection.status === "connected") return channel === "subscribed" ? "live" : "joining";
  return "attempt" in connection && connection.attempt > 0 ? "away" : "joining";
}
