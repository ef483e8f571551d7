import type { ClientFrame, ServerFrame, WireError } from "@repo/core-realtime";

/** The connection that a transport is to open. */
export interface TransportRequest {
  /** As the app gave it; may be relative to the page. */
  readonly url: string;
  /** The token; undefined where cookies identify the user. */
  readonly token: string | undefined;
  /** The first frames, a JSON array; only where the transport `carriesFirst`. They are sent with the request that opens the link, and not again. */
  readonly first?: string | undefined;
}

/** The callbacks of a link. */
export interface LinkEvents {
  /** A frame as it came over the wire. */
  onFrame(frame: ServerFrame): void;
  /** The network connection is open; gate 1 has not replied yet. For transports that can see it. */
  onOpen?(): void;
  /** Why the link fails, where the transport can see it; `onClose` follows. */
  onError?(cause: unknown): void;
  /** The link is closed, or could not be opened. Called once; no callback is called after it. */
  onClose(code?: number, error?: WireError): void;
}

/** One link to the server. */
export interface TransportLink {
  /** Sends a frame; drops it where the link is not open. */
  send(frame: ClientFrame): void;
  /** Ends the link without a callback. */
  close(): void;
}

/**
 * How frames reach the server.
 * MUST deliver frames in order and MUST NOT call back before `open` has returned.
 * MUST NOT throw from `send` or `close`, whatever state the link is in.
 */
export interface IRealtimeTransport {
  /** `"ws"`, `"sse"`, `"socket.io"`, `"memory"`. */
  readonly name: string;
  /** `open` sends `request.first` along; without it, no request has any. */
  readonly carriesFirst?: boolean | undefined;
  /** Opens a link; its callbacks are called later, never at once. */
  open(request: TransportRequest, events: LinkEvents): TransportLink;
}
