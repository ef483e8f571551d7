import { InMemoryRealtimeBroadcaster, RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import type { AppRealtime } from "./app-deps";
import { NO_REALTIME_SERVER } from "./app-expected";
import type { Environment } from "./environment";

/** The realtime of a process without sockets: in memory for pages and tests, an error in production, where silence would be a lie. */
export function resolveRealtime({ production }: Pick<Environment, "production">): AppRealtime {
  if (production) throw new TypeError(NO_REALTIME_SERVER);
  return {
    registry: new RealtimeHandlerRegistry(),
    realtime: new InMemoryRealtimeBroadcaster(),
    expel: async () => ({ nodes: 0, givenUp: [] }), // nobody is connected
  };
}
