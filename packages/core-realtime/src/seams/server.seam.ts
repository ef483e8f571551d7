import type { OverflowPolicy } from "../channel/channel-policies.js";
import type { RealtimePosition } from "../wire/envelope.js";
import type { ReplyFrame, ServerFrame } from "../wire/frames.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeError } from "../wire/realtime-error.js";

/** One message frame on its way out: its JSON text, shared by all connections that receive it. */
export interface OutboundMessage {
  /** The concrete name. */
  readonly channel: string;
  /** The frame as JSON text. */
  readonly text: string;
  /** What becomes of it where a subscriber reads too slowly. */
  readonly overflow: OverflowPolicy["kind"];
  /** Of the messages that wait with the same slot only the newest is kept; used where `overflow` is `"conflate"`. */
  readonly slot: string;
  /** Its place in the history, where the channel has one. */
  readonly position?: RealtimePosition | undefined;
}

/**
 * Seam 7, one half: one client. Who is subscribed to what is the core's to know; a transport only carries.
 * MUST send frames in the order of the calls and MUST NOT throw, closed or not.
 * MUST bound what waits for a slow reader and close with SLOW_CONSUMER beyond it.
 */
export interface IRealtimeConnection {
  /** The server's id of the connection. */
  readonly id: string;
  /** `text` is the frame's JSON where it was made already. */
  send(frame: ServerFrame, text?: string): void;
  /** From its return on, not one more message of the channel leaves: what waits of it is dropped. */
  drop(channel: string): void;
  /** Sends the close frame where the transport still can, then ends the transport without waiting for a stalled peer. */
  close(error: RealtimeError): void;
  /** Resolves when less than half of what may wait is waiting; undefined where that is so now. Recovery is paced by it. */
  drained(): Promise<void> | undefined;
}

/** Seam 7, the other half: a transport. */
export interface IRealtimeServer {
  /** `"socket.io"`, `"ws"`, `"sse"`, `"memory"`. */
  readonly transport: string;
  /** Begins to accept connections, through `gateway.open`. Called once. */
  serve(gateway: IRealtimeGateway): Promise<void> | void;
  /** Sends one message to each of `to`, all of them this transport's own; encodes it once; MUST NOT throw. */
  deliver(message: OutboundMessage, to: ReadonlySet<IRealtimeConnection>): void;
  /** Refuses new connections from now on; open ones stay. */
  refuseNew(): void;
  /** Ends what it opened. The app's HTTP server is the app's. */
  close(): Promise<void> | void;
}

/** What a transport sees of the core. An adapter is: `admit`, `open`, then `receive` and `closed`. */
export interface IRealtimeGateway {
  /** Called once per new connection, at the HTTP request, before anything is accepted: a refusal is sent as 403 and observed. */
  admit(handshake: RealtimeHandshake): RealtimeError | undefined;
  /** Called for every other request: of a connection that is open, or a preflight. Origin and sizes alone; nothing is counted. */
  checkRequest(handshake: RealtimeHandshake): RealtimeError | undefined;
  /** Synchronous: gate 1 and every frame queue up per connection. */
  open(connection: IRealtimeConnection, handshake: RealtimeHandshake): OpenConnection;
  /** What transports must know of the limits. */
  readonly limits: TransportLimits;
}

/** Takes a reply, with its JSON text where that was made already. */
export type ReplyTaker = (reply: ReplyFrame, text?: string) => void;

/** The receiving side of a connection. */
export interface OpenConnection {
  /** A frame: its JSON text, or the object that a transport has parsed. `takeReply` takes the reply, with its JSON text where that was made already, where the transport has a way of its own. */
  receive(frame: unknown, takeReply?: ReplyTaker): void;
  /** Does another request of this client come from the same user and sign-in? For transports whose frames come by requests of their own. */
  recognizes(handshake: RealtimeHandshake): Promise<boolean>;
  /** The client is gone, or the transport failed. Later frames are ignored. */
  closed(reason?: string): void;
}

/** The numbers that transports hold. */
export interface TransportLimits {
  /** Bytes of one frame, after reassembly and decompression. */
  readonly maxFrameBytes: number;
  /** Bytes that may wait for one reader. */
  readonly maxBufferedBytes: number;
  /** Milliseconds between heartbeats. */
  readonly pingMs: number;
  /** Milliseconds without a sign of life after a heartbeat, until a peer counts as gone. */
  readonly pongMs: number;
  /** Bytes of the handshake's Cookie header. */
  readonly maxCookieBytes: number;
}
