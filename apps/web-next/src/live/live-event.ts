import type { ConnectionState } from "@repo/realtime-client";
import type { ReplyState } from "./live-state";
import type { WireEvent } from "./wire-tap";

/** What happens to the page's picture of the connection. */
export type LiveEvent =
  | WireEvent
  | { readonly kind: "connection"; readonly state: ConnectionState }
  | { readonly kind: "measured"; readonly reply: ReplyState };
