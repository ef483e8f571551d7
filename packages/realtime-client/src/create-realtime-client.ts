import type { RealtimeChannel } from "@repo/core-realtime";
import { browserClock, type ClientClock } from "./browser-clock.js";
import type { ClientDebug } from "./client-debug.js";
import type { ClientOutbox } from "./client-outbox.js";
import { createClient } from "./client.js";
import type { TokenProvider } from "./connection/create-connection.js";
import { createOutbox } from "./outbox.js";
import type { RealtimeClient } from "./realtime-client.js";
import type { IRealtimeTransport } from "./realtime-transport.js";
import { reportCause } from "./report-error.js";
import { ws } from "./ws-transport.js";

/** What an app decides. Only the address has no default. */
export interface RealtimeClientOptions {
  /** The server's endpoint, such as `"/realtime"`; in Node an absolute one. */
  readonly url: string;
  /** In the order of preference: one that closes before its first frame yields to the next. Default: `[ws()]`. */
  readonly transports?: readonly [IRealtimeTransport, ...IRealtimeTransport[]];
  /** Returns a token; called at each connect and before the last one expires. Default: none, a cookie identifies the user. */
  readonly auth?: TokenProvider;
  /** A subscription outlives its last listener by so many ms; default 0, the next turn of the event loop. */
  readonly lingerMs?: number;
  /** Failures without a caller: a listener that throws, a message that does not fit. Default: `reportError`, or the console. */
  readonly onError?: (cause: unknown) => void;
  /** Sees every frame and state: `createInspector()` of `/debug`, which logs them, and which a devtools panel shows. */
  readonly debug?: ClientDebug | undefined;
  /** Where messages wait for a connection, and then for their reply. `indexedDbOutbox` of `/outbox` keeps them through a reload; default: in memory. */
  readonly outbox?: ClientOutbox;
  /** The clock and its timers; default: the browser's. */
  readonly clock?: ClientClock;
  /** From 0 up to 1; default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Makes a client of the app's channels. It connects with the first subscription.
 * @example
 * const client = createRealtimeClient<AppChannels>({ url: "/realtime" });
 * client.channel("orders.{orderId}.status", { orderId }).subscribe(({ payload }) => show(payload.status));
 */
export function createRealtimeClient<Channels extends RealtimeChannel = RealtimeChannel>(
  options: RealtimeClientOptions,
): RealtimeClient<Channels> {
  const client: unknown = createClient({
    transports: [ws()],
    lingerMs: 0,
    outbox: createOutbox,
    onError: reportCause,
    clock: browserClock,
    random: Math.random,
    nextId: () => "" + Math.random(), // 52 bits: no tab of this user creates the same twice
    ...options,
  });
  return client as RealtimeClient<Channels>; // the app's list types what goes over the wire
}
