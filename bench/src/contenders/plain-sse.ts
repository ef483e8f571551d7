import type { ServerResponse } from "node:http";
import type { Contender } from "./contender.js";

/** An event stream per client as tutorials write it by hand: one write per event and client. */
export function plainSse(): Contender {
  const rooms = new Map<string, Set<ServerResponse>>();
  return {
    attach(httpServer) {
      httpServer.on("request", (request, response) => {
        const channels = new URL(request.url ?? "/", "http://localhost").searchParams.getAll("channel");
        response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
        response.flushHeaders();
        for (const channel of channels) rooms.set(channel, (rooms.get(channel) ?? new Set()).add(response));
        response.on("close", () => channels.forEach((channel) => rooms.get(channel)?.delete(response)));
      });
    },
    publish(channel, text) {
      const event = `data: ${JSON.stringify({ channel, payload: { text } })}\n\n`;
      for (const client of rooms.get(channel) ?? []) client.write(event);
    },
  };
}
