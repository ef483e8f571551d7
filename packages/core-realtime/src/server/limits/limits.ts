import type { TransportLimits } from "../../seams/server.seam.js";

/** Every number that protects the process; each may be set in `createRealtime({ limits })`. */
export interface RealtimeLimits extends TransportLimits {
  /** Gate 1 decides within this many ms, or the connection closes. */
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
  /** Client messages of the anonymous visitors of one address and second; twice as many in a burst. */
  readonly messagesPerSecondPerAddress: number;
  /** Connections of one user to this node. */
  readonly maxConnectionsPerUser: number;
  /** Connections from one address to this node (IPv6: from one /64); not counted behind a proxy. */
  readonly maxConnectionsPerAddress: number;
  /** Connections to this node. */
  readonly maxConnections: number;
  /** Bytes of a token, in the handshake as in a `refresh`. */
  readonly maxTokenBytes: number;
  /** Bytes of a user's claims as JSON. */
  readonly maxClaimsBytes: number;
  /** Subscriptions per connection. */
  readonly maxSubscriptions: number;
  /** A handler replies within this many ms, or the client receives HANDLER_TIMEOUT. */
  readonly handlerMs: number;
  /** A client message's id is remembered this many ms. */
  readonly replyCacheMs: number;
  /** Bytes of replies that are remembered for one user; beyond it that user's oldest are forgotten earlier. */
  readonly replyCacheBytesPerUser: number;
  /** Bytes of replies that this node remembers. */
  readonly replyCacheBytes: number;
  /** Bytes of missed messages that a connection recovers per second; eight times as many at once. */
  readonly recoveryBytesPerSecond: number;
  /** The same for all connections of a user. */
  readonly recoveryBytesPerSecondPerUser: number;
  /** The same for all anonymous visitors of an address. */
  readonly recoveryBytesPerSecondPerAddress: number;
  /** The lease's end is announced this many ms ahead, or at the half of a lease that is shorter than twice that. */
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
  maxFrameBytes: 64 * 1024, // a client message is text, not a file
  maxBufferedBytes: 1024 * 1024, // 1 000 stalled readers cost at most 1 GB, and lose nothing: they recover
  pingMs: 25_000, // under the 30 s idle limit of common proxies
  pongMs: 8_000, // a phone in a tunnel replies within that, or is gone
  maxCookieBytes: 8 * 1024, // Node's own limit for all headers is 16 KiB
  handshakeMs: 10_000, // a session store that takes longer is down
  firstFrameMs: 10_000, // a client that requests nothing holds memory for nothing
  maxEarlyFrames: 16, // an eager client's first subscribes; more is a flood
  maxWaitingFrames: 256, // a reconnect with 50 subscriptions fits five times over
  framesPerSecond: 100, // a reconnect with 50 subscriptions fits in the burst
  messagesPerSecond: 20, // faster than a person types or clicks
  messagesPerSecondPerUser: 100, // five busy tabs
  messagesPerSecondPerAddress: 200, // ten busy visitors behind one router
  maxConnectionsPerUser: 200, // ten devices with twenty tabs each; more is a loop that reconnects and never closes
  maxConnectionsPerAddress: 2_500, // an office of a thousand people with two tabs each, and a twentieth of the node
  maxConnections: 50_000, // at 6 to 16 kB each 300 to 800 MB, where Node's heap ends at 2 to 4 GB
  maxTokenBytes: 16 * 1024, // a token with many claims has 9 000; where it travels in a header, Node's 16 KiB for all headers come first
  maxClaimsBytes: 16 * 1024, // as much as the token that brings them; a node keeps them for each connection
  maxSubscriptions: 50, // a page shows fewer things at once
  handlerMs: 10_000, // no user waits longer
  replyCacheMs: 120_000, // longer than any sensible client keeps retrying
  replyCacheBytesPerUser: 4 * 1024 * 1024, // 100 small replies a second for the whole two minutes
  replyCacheBytes: 128 * 1024 * 1024, // 32 users at their bound; half of what the histories may take
  recoveryBytesPerSecond: 1024 * 1024, // faster than a phone reads; 8 MiB at once are 50 channels with 160 KiB missed on each
  recoveryBytesPerSecondPerUser: 2 * 1024 * 1024, // two tabs that come back in one instant
  recoveryBytesPerSecondPerAddress: 4 * 1024 * 1024, // four visitors that come back in one instant; the others come later
  expiryWarningMs: 30_000, // time to fetch a token over a bad network
  maxViolations: 3, // one violation may be a bug; three are treated as intent
  maxBroadcastBytes: 256 * 1024, // a quarter of what a reader may have waiting; a larger one would disconnect readers
  maxReplyBytes: 512 * 1024, // half of what may wait for a reader: a larger one would close each connection that requests it
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
