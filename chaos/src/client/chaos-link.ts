import type { ClientFrame, ServerFrame } from "@repo/core-realtime";

/** What a link tells. MUST NOT be called before `OpenLink` has returned. */
export interface ChaosLinkEvents {
  onFrame(frame: ServerFrame): void;
  /** The line is gone, or never came to be. */
  onClose(): void;
}

/** One line to the server, over any transport. It does not reconnect. */
export interface ChaosLink {
  send(frame: ClientFrame): void;
  /** Ends the line from this side, whatever state it is in. */
  cut(): void;
}

export type OpenLink = (events: ChaosLinkEvents) => ChaosLink;
