import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import type { Contender } from "./contender.js";
import { fourgate } from "./fourgate.js";

/** Our Socket.IO transport. */
export function fourgateSocketIO(): Contender {
  const { serve, publish } = fourgate();
  return {
    attach: (httpServer) => serve(new SocketIORealtimeServer({ httpServer, transports: ["websocket"] })),
    publish,
  };
}
