import { InMemoryRealtimeBroadcaster, RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import type { AppRealtime } from "./app-deps";
import type { Environment } from "./environment";

/** The realtime of a process without sockets: in memory for pages and tests, an error in production, where silence would be a lie. */
export function resolveRealtime({ production }: Pick<Environment, "production">): AppRealtime {
  if (production)
    throw new TypeError(
      "No realtime server runs in this process, so nothing published here would reach anyone: start the app with `pnpm start`, which runs server.ts, not with `next start`.",
    );
  return {
    registry: new RealtimeHandlerRegistry(),
    realtime: new InMemoryRealtimeBroadcaster(),
    expel: async () => ({ nodes: 0, givenUp: [] }), // nobody is connected
  };
}
