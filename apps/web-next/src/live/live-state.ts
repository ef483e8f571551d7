import type { EnvelopeFrame, RealtimePosition, WireError } from "@repo/core-realtime";

/** How the connection stands, as a sum: no field exists where it means nothing. */
export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open"; readonly userId: string | null }
  | { readonly kind: "waiting"; readonly why: string }
  | { readonly kind: "ended"; readonly error: Pick<WireError, "code" | "message"> };

/** How one channel stands. */
export type ChannelState =
  | { readonly kind: "joining" }
  | { readonly kind: "joined"; readonly position?: RealtimePosition | undefined; readonly opening?: unknown }
  | { readonly kind: "refused"; readonly error: WireError }
  | { readonly kind: "left"; readonly error: WireError };

/** The last reply to a message of ours: how long it took, or why not. */
export type ReplyState =
  | { readonly kind: "replied"; readonly ms: number }
  | { readonly kind: "refused"; readonly error: Pick<WireError, "code" | "message"> };

/** One line of the wire, as it went over. */
export interface WireLine {
  readonly key: number;
  readonly direction: "in" | "out";
  readonly type: string;
  readonly text: string;
}

/** All that the page shows. */
export interface LiveState {
  readonly link: LinkState;
  readonly channels: Readonly<Record<string, ChannelState>>;
  /** Messages of every channel, oldest first, each once. */
  readonly messages: readonly EnvelopeFrame[];
  readonly received: number;
  readonly reply: ReplyState | undefined;
  readonly wire: readonly WireLine[];
}

export const INITIAL_STATE: LiveState = {
  link: { kind: "connecting" },
  channels: {},
  messages: [],
  received: 0,
  reply: undefined,
  wire: [],
};
