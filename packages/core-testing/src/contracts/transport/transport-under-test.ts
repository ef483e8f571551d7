import type { Realtime } from "@repo/core-realtime/server";
import type { LinkEvents, RawLink } from "../../client/link";

/** What a transport may declare to lack; the suite then proves that it truly does. */
export type TransportLack =
  /** A reader that stops reading is not noticed: nothing waits anywhere that the transport could bound. */
  | "slow-reader"
  /** A silent peer is not detected: there is no connection that could be half open. */
  | "heartbeat"
  /** Only text reaches the server: bytes cannot be sent, and a link has no `sendBytes`. */
  | "bytes"
  /** An oversized frame ends the connection without a code of ours. */
  | "oversize-code";

/** What a client sends with its first request. */
export interface ConnectOptions {
  /** Header names in lower case: `origin`, `cookie` … sent as they are, over the transport's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A bearer token, carried in this transport's own way. */
  readonly token?: string;
  /** Frames to send together with the first request, as JSON text of an array, carried in this transport's own way. */
  readonly first?: string;
}

/** A misuse that is possible only over this transport's wire. */
export interface HostileInput {
  /** What is done, for the name of the test. */
  readonly name: string;
  /** Does it, on a connection of its own. */
  play(link: RawLink): void;
}

/** A transport, as `transportContract` meets it: an adapter's test file writes one of these. */
export interface TransportUnderTest {
  /** What it cannot do by its nature; the cases of it are skipped. */
  readonly lacks?: readonly TransportLack[];
  /** Hostile input of this wire alone; each is played to a server that must continue to serve. */
  readonly hostileInputs?: readonly HostileInput[];
  /** Listens (127.0.0.1, port 0) and passes the transport to `realtime.serve`. Resolves with the origin of its own pages, such as `"http://127.0.0.1:4321"`. */
  serve(realtime: Realtime): Promise<string>;
  /**
   * Resolves when the transport has let the client in, whatever gate 1 decides later; rejects where it was refused at the request (HTTP 403).
   * MUST NOT reconnect by itself, and MUST pass on every frame, in order.
   */
  connect(options: ConnectOptions, events: LinkEvents): Promise<RawLink>;
  /** Ends what `serve` opened, clients included; called after `realtime.close()`. */
  close(): Promise<void>;
}

/** Makes a fresh one for each case. */
export type MakeTransport = () => Promise<TransportUnderTest> | TransportUnderTest;
