import { WebSocketServer, type WebSocket } from "ws";
import type { Contender } from "./contender.js";

interface Said {
  readonly type: "subscribe" | "message";
  readonly channel: string;
  readonly payload?: unknown;
}

/** Rooms on `ws` as its README would have them: no gates, no envelope, no positions. */
export function plainWs(): Contender {
  const rooms = new Map<string, Set<WebSocket>>();
  const broadcast = (channel: string, payload: unknown) => {
    const text = JSON.stringify({ type: "message", channel, payload });
    for (const client of rooms.get(channel) ?? []) client.send(text);
  };
  const obey = (client: WebSocket, { type, channel, payload }: Said) => {
    if (type === "message") return broadcast(channel, payload);
    const room = rooms.get(channel) ?? new Set();
    rooms.set(channel, room.add(client));
    client.send(JSON.stringify({ type: "reply", ok: true }));
  };
  return {
    attach(server) {
      const webSockets = new WebSocketServer({ server, perMessageDeflate: false });
      webSockets.on("connection", (client) => {
        client.on("message", (data) => obey(client, JSON.parse(String(data)) as Said));
        client.on("error", () => client.terminate());
        client.on("close", () => rooms.forEach((room) => room.delete(client)));
      });
    },
    publish: (channel, text) => broadcast(channel, { text }),
  };
}
