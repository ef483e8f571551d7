import type { ConnectionState } from "@repo/realtime-client";
import type { LinkState } from "./live-state";

/** What a page shows of a connection. */
export function linkOf(state: ConnectionState): LinkState {
  switch (state.status) {
    case "idle":
      return { kind: "connecting" };
    case "connecting":
      return state.attempt === 0 ? { kind: "connecting" } : { kind: "waiting", why: "Connecting again …" };
    case "connected":
      return { kind: "open", userId: state.userId };
    case "waiting":
      return { kind: "waiting", why: state.error?.message ?? "The connection broke." };
    case "stopped":
      return {
        kind: "ended",
        error: state.error ?? { code: "TRANSPORT_LOST", message: "The server refused the connection." },
      };
  }
}
