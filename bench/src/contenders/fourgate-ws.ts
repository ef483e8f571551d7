import { WsRealtimeServer } from "@repo/realtime-ws";
import type { Contender } from "./contender.js";
import { fourgate } from "./fourgate.js";

/** Our WebSocket transport. */
export function fourgateWs(): Contender {
  const { serve, publish } = fourgate();
  return { attach: (httpServer) => serve(new WsRealtimeServer({ httpServer })), publish };
}
