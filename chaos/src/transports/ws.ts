import { SUBPROTOCOL } from "@repo/core-realtime";
import { ws as wsOfLibrary } from "@repo/realtime-client/ws";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { WebSocket } from "ws";
import type { ChaosTransport } from "../chaos-transport";

/** WebSockets, with the client of `ws`. */
export const ws: ChaosTransport = {
  name: "ws",
  serverOn: (httpServer) => new WsRealtimeServer({ httpServer }),
  ofLibrary: wsOfLibrary({ WebSocket: WebSocket as unknown as typeof globalThis.WebSocket }), // Node has one of its own since 22
  linksTo: (port, token) => (events) => {
    const shown = `fourgate.token.${Buffer.from(token).toString("base64url")}`;
    const client = new WebSocket(`ws://127.0.0.1:${port}/realtime`, [SUBPROTOCOL, shown]);
    client.on("message", (data) => events.onFrame(JSON.parse(String(data))));
    client.on("error", () => undefined); // "close" follows
    client.on("close", () => events.onClose());
    return {
      send(frame) {
        if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(frame));
      },
      cut: () => client.terminate(),
    };
  },
};
