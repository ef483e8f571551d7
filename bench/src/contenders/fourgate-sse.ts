import { SseRealtimeServer } from "@repo/realtime-sse";
import type { Contender } from "./contender.js";
import { fourgate } from "./fourgate.js";

const PING_MS = 600_000; // the clients of the bench post no heartbeats, and are to stay

/** Our transport of Server-Sent Events. */
export function fourgateSse(): Contender {
  const { serve, publish } = fourgate({ pingMs: PING_MS });
  return {
    attach(httpServer) {
      const transport = new SseRealtimeServer();
      httpServer.on("request", (request, response) => transport.handleRequest(request, response));
      return serve(transport);
    },
    publish,
  };
}
