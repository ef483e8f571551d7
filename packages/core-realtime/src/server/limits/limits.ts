import type { TransportLimits } from "../../seams/server.seam.js";

/** Every number that protects the process; each may be set in `createRealtime({ limits })`. */
export interface RealtimeLimits extends TransportLimits {
  /** Gate 1 answers within this many ms, or the connection closes. */
  readonly handshakeMs: number;
  /** The first frame comes within this many ms after gate 1, or the connection closes. */
  readonly firstFrameMs: number;
  /** Frames that may wait for gate 1. */
  readonly maxEarlyFrames: number;
  /** Frames of one connection that may wait behind a slow handler. */
  readonly maxWaitingFrames: number;
  /** Frames of any kind, per connection and second; twice as many in a burst. */
  readonly framesPerSecond: number;
  /** Client messages per connection and second; twice as many in a burst. */
  readonly messagesPerSecond: number;
  /** Client messages per user and second over all connections of this node; twice as many in a burst. */
  readonly messagesPerSecondPerUser: number;
  /** Subscriptions per connection. */
  readonly maxSubscriptions: number;
  /** A handler answers within this many ms, or the client is told HANDLER_TIMEOUT. */
  readonly handlerMs: number;
  /** A client message's id is remembered this many ms. */
  readonly replyCacheMs: number;
  /** The lease's end is announced this many ms ahead. */
  readonly expiryWarningMs: number;
  /** This many violations within ten seconds close the connection. */
  readonly maxViolations: number;
  /** Bytes of one broadcast's payload as JSON. */
  readonly maxBroadcastBytes: number;
  /** Bytes of one opening or reply as JSON. */
  readonly maxReplyBytes: number;
  /** Broadcasts of this node that may wait for the history at once. */
  readonly maxPendingBroadcasts: number;
  /** Nesting of a client's payload. */
  readonly maxDepth: number;
}

/** The defaults, each with its reason. */
export const DEFAULT_LIMITS: RealtimeLimits = {
  maxFrameBytes: 64 * 1024, // a client message is words, not files
  maxBufferedBytes: 1024 * 1024, // 1 000 stalled readers cost at most 1 GB, and lose nothing: they recover
  pingMs: 25_000, // under the 30 s idle limit of common proxies
  pongMs: 8_000, // a phone in a tunnel answers within that, or is gone
  maxCookieBytes: 8 * 1024, // Node's own limit for all headers is 16 KiB
  handshakeMs: 10_000, // a session store that takes longer is down
  firstFrameMs: 10_000, // a client that asks for nothing holds memory for nothing
  maxEarlyFrames: 16, // an eager client's first subscribes; more is a flood
  maxWaitingFrames: 256, // a reconnect with 50 subscriptions fits five times over
  framesPerSecond: 100, // a reconnect with 50 subscriptions fits in the burst
  messagesPerSecond: 20, // faster than any hand types or clicks
  messagesPerSecondPerUser: 100, // five busy tabs
  maxSubscriptions: 50, // a page shows fewer things at once
  handlerMs: 10_000, // after that a person has given up
  replyCacheMs: 120_000, // longer than any sensible client keeps retrying
  expiryWarningMs: 30_000, // time to fetch a token over a bad network
  maxViolations: 3, // one slip is a bug, three are intent
  maxBroadcastBytes: 256 * 1024, // a quarter of what a reader may have waiting; a larger one would throw readers out
  maxReplyBytes: 512 * 1024, // half of what may wait for a reader: a larger one would close each connection that asks for it
  maxPendingBroadcasts: 10_000, // some seconds of a slow store; behind that, waiting only makes it worse
  maxDepth: 32, // deeper data is an attack on recursive code
};

/** The defaults with an app's numbers over them; refuses what is no positive number. */
export function withDefaults(limits: Partial<RealtimeLimits> = {}): RealtimeLimits {
  for (const [name, value] of Object.entries(limits))
    if (typeof value !== "number" || !(value > 0)) throw new TypeError(`limits.${name} must be a number above 0.`);
  const all = { ...DEFAULT_LIMITS, ...limits };
  const largest = all.maxBufferedBytes / 2; // with its envelope it still fits into what an idle reader may have waiting
  for (const name of ["maxBroadcastBytes", "maxReplyBytes"] as const)
    if ((limits[name] ?? 0) > largest)
      throw new TypeError(
        `limits.${name} must be at most half of maxBufferedBytes, or one frame of it ends its readers.`,
      );
  return {
    ...all,
    maxBroadcastBytes: Math.min(all.maxBroadcastBytes, largest),
    maxReplyBytes: Math.min(all.maxReplyBytes, largest),
  };
}
