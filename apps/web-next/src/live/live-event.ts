import type { ClientFrame, ReplyFrame, ServerFrame } from "@repo/core-realtime";

/** What happens to the page's picture of the connection. */
export type LiveEvent =
  | { readonly kind: "lost"; readonly why: string }
  | { readonly kind: "asked"; readonly frame: ClientFrame }
  | { readonly kind: "answered"; readonly frame: ClientFrame; readonly reply: ReplyFrame; readonly ms: number }
  | { readonly kind: "heard"; readonly frame: ServerFrame };
