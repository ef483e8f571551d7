import type { OverflowPolicy } from "../channel/channel-policies.js";
import type { RealtimeEnvelope } from "../wire/envelope.js";
import type { ReplyFrame, ServerFrame } from "../wire/frames.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeError } from "../wire/realtime-error.js";

/**
 * Seam 7, one half: one client, as a transport shows it to the gateway. Membership lives here, so native rooms may serve.
 * MUST send frames in the order of the calls and MUST NOT throw, closed or not.
 * MUST bound what waits for a slow reader and close with SLOW_CONSUMER beyond it.
 */
export interface IRealtimeConnection {
  readonly id: string;
  send(frame: ServerFrame): void;
  join(channel: string): void;
  /** From its return on, not one more message of the channel leaves for this client. */
  leave(channel: string): void;
  /** Sends the close frame where the transport still can, then ends the transport without waiting for a stalled peer. */
  close(error: RealtimeError): void;
}

/** Seam 7, the other half: a transport. */
export interface IRealtimeServer {
  /** `"socket.io"`, `"ws"`, `"sse"`, `"memory"`. */
  readonly transport: string;
  /** Begins to let newcomers in, through `gateway.open`. Called once. */
  serve(gateway: IRealtimeGateway): Promise<void> | void;
  /** Hands an envelope to all who joined its channel; encodes it once; MUST NOT throw. */
  deliver(envelope: RealtimeEnvelope, overflow: OverflowPolicy): void;
  /** Refuses newcomers from now on; those who are in stay. */
  refuseNew(): void;
  /** Ends what it opened. The app's HTTP server is the app's. */
  close(): Promise<void> | void;
}

/** What a transport sees of the core. An adapter is: `admit`, `open`, then `receive` and `closed`. */
export interface IRealtimeGateway {
  /** Called once per new connection, at the HTTP request, before anything is accepted: a refusal is sent with 403 and no more. Pure and quick. */
  admit(handshake: RealtimeHandshake): RealtimeError | undefined;
  /** Called for every other request: of a connection that is open, or a preflight. Origin and sizes alone; nothing is counted. */
  checkRequest(handshake: RealtimeHandshake): RealtimeError | undefined;
  /** Synchronous: gate 1, every frame and the farewell queue up on one line per connection. */
  open(connection: IRealtimeConnection, handshake: RealtimeHandshake): OpenConnection;
  /** What transports must know of the limits. */
  readonly limits: TransportLimits;
}

/** A connection's way in. */
export interface OpenConnection {
  /** A frame: its JSON text, or the object that a transport has parsed. `answer` takes the reply where the transport has a way of its own. */
  receive(frame: unknown, answer?: (reply: ReplyFrame) => void): void;
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
  /** Milliseconds after which an unanswered heartbeat means gone. */
  readonly pongMs: number;
  /** Bytes of the handshake's Cookie header. */
  readonly maxCookieBytes: number;
}
