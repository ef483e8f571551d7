import type { ClientFrame, ServerFrame } from "@repo/core-realtime";

/** `out`: from this client to the server. */
export type FrameDirection = "in" | "out";

/** A frame as it was sent or received; a token is left out. */
export interface InspectedFrame {
  /** Counts the frames of this client. */
  readonly number: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Received, or sent. */
  readonly direction: FrameDirection;
  /** The name of the transport. */
  readonly transport: string;
  /** The frame itself, written out. */
  readonly frame: ServerFrame | ClientFrame;
}

/** The frame without its token, which belongs in no log and in no panel. */
export function withoutToken(frame: ServerFrame | ClientFrame): ServerFrame | ClientFrame {
  return frame.type === "refresh" && frame.token !== undefined ? { ...frame, token: "…" } : frame;
}
