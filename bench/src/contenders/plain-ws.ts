import { WebSocketServer, type WebSocket } from "ws";
import type { Contender } from "./contender.js";

interface Frame {
  readonly type: "subscribe" | "message";
  readonly id?: string;
  readonly channel: string;
  readonly payload?: unknown;
  /** The sender wants a reply. */
  readonly reply?: boolean;
}

/** Rooms on `ws` as its README would have them: no gates, no envelope, no positions. */
export function plainWs(): Contender {
  const rooms = new Map<string, Set<WebSocket>>();
  const broadcast = (channel: string, payload: unknown) => {
    const text = JSON.stringify({ type: "message", channel, payload });
    for (const client of rooms.get(channel) ?? []) client.send(text);
  };
  const receive = (client: WebSocket, { type, id, channel, payload, reply = type === "subscribe" }: Frame) => {
    if (type === "message") broadcast(channel, payload);
    else rooms.set(channel, (rooms.get(channel) ?? new Set()).add(client));
    if (reply) client.send(JSON.stringify({ type: "reply", id, ok: true }));
  };
  return {
    attach(server) {
      const webSockets = new WebSocketServer({ server, perMessageDeflate: false });
      webSockets.on("connection", (client) => {
        client.on("message", (data) => receive(client, JSON.parse(String(data)) as Frame));
        client.on("error", () => client.terminate());
        client.on("close", () => rooms.forEach((room) => room.delete(client)));
      });
    },
    publish: (channel, text) => broadcast(channel, { text }),
  };
}
