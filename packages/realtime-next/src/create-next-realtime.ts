import type { Realtime, RealtimeOptions } from "@repo/core-realtime/server";
import type { SseRealtimeServerOptions } from "@repo/realtime-sse";
import { ProcessRealtime } from "./process-realtime.js";

/** The options of `createRealtime`, but the registry, and what is registered. */
export interface NextRealtimeOptions extends Omit<RealtimeOptions, "registry"> {
  /**
   * Registers the app's channels and handlers before it returns, and does nothing else. In development it runs again whenever the code was
   * compiled anew: connections stay, handlers and the authenticator are replaced; every other option stays as it was until a restart.
   */
  readonly setup: (realtime: Realtime) => void;
  /** Tells apart the realtime servers of one process; default `"default"`. */
  readonly name?: string;
  /** The options of the stream and its POSTs. */
  readonly sse?: Omit<SseRealtimeServerOptions, "path" | "clock">;
}

/** A function that a `route.ts` exports under the name of an HTTP method. */
export type RouteHandler = (request: Request) => Promise<Response>;

/** The realtime server of the process, and the exports of its `route.ts`. */
export interface NextRealtime {
  /** Opens a stream of Server-Sent Events. */
  readonly GET: RouteHandler;
  /** Takes what a client sends on its stream. */
  readonly POST: RouteHandler;
  /** Replies to the preflight of a page of another, listed origin. */
  readonly OPTIONS: RouteHandler;
  /** For server actions, pages and a custom server: broadcast, expel, watch, serve further transports. */
  readonly realtime: Realtime;
}

/**
 * Realtime for a Next app, served by a route handler. Next loads modules more than once in a process; each call
 * with the same `name` gives the same server. Throws a TypeError where `setup` is missing.
 * @example
 * // realtime.ts
 * export const { GET, POST, OPTIONS, realtime } = createNextRealtime({
 *   authenticator: { authenticate: () => null },
 *   setup: ({ registry }) => registry.register(pollChannel, onVote),
 * });
 * // app/realtime/route.ts
 * export { GET, POST, OPTIONS } from "../../realtime";
 */
export function createNextRealtime(options: NextRealtimeOptions): NextRealtime {
  if (typeof options.setup !== "function")
    throw new TypeError(
      "createNextRealtime: setup is missing; register your channels in setup: ({ registry }) => { … }.",
    );
  const { realtime, fetch } = ProcessRealtime.of(options);
  return { GET: fetch, POST: fetch, OPTIONS: fetch, realtime };
}
