import { socketIo as socketIOOfLibrary } from "@repo/realtime-client/socket-io";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { io } from "socket.io-client";
import type { ChaosTransport } from "../chaos-transport";

/** Socket.IO with its own client; its own reconnecting is off, the suite's client does that. */
function socketIO(name: string, transports: readonly ("polling" | "websocket")[]): ChaosTransport {
  return {
    name,
    serverOn: (httpServer) => new SocketIORealtimeServer({ httpServer }),
    ofLibrary: socketIOOfLibrary({ transports: [...transports], forceNew: true }),
    linksTo: (port, token) => (events) => {
      const client = io(`http://127.0.0.1:${port}`, {
        transports: [...transports],
        auth: { token },
        forceNew: true,
        reconnection: false,
      });
      client.onAny((_type: string, frame: unknown) => events.onFrame(frame));
      client.on("connect_error", () => events.onClose());
      client.on("disconnect", () => events.onClose());
      return {
        send({ type, ...body }) {
          if (client.connected) client.emit(type, body);
        },
        cut: () => client.io.engine.close(),
      };
    },
  };
}

/** As a browser begins: polls, then changes to a WebSocket. */
export const socketIOUpgrading = socketIO("socket.io", ["polling", "websocket"]);

/** By WebSocket alone: four hundred pollers in one process would measure themselves. */
export const socketIOByWebSocket = socketIO("socket.io", ["websocket"]);
