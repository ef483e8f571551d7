import type { ClientFrame } from "@repo/core-realtime";

/** What a link reports. MUST NOT be called before `OpenLink` has returned. */
export interface ChaosLinkEvents {
  /** A frame as it travelled, parsed from JSON and nothing more. */
  onFrame(frame: unknown): void;
  /** The connection is gone, or never came to be. */
  onClose(): void;
}

/** One connection to the server, over any transport. It does not reconnect. */
export interface ChaosLink {
  send(frame: ClientFrame): void;
  /** Ends the connection from this side, whatever state it is in. */
  cut(): void;
}

export type OpenLink = (events: ChaosLinkEvents) => ChaosLink;
