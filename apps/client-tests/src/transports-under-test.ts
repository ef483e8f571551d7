import type { IRealtimeTransport } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { socketIo } from "@repo/realtime-client/socket-io";
import { sse } from "@repo/realtime-client/sse";
import { ws } from "@repo/realtime-client/ws";
import { WebSocket } from "undici";

/** The client's `ws` with the browser's own interface, which Node has as a global since 22 only. */
export function nodeWs(): IRealtimeTransport {
  return ws({ WebSocket: WebSocket as unknown as typeof globalThis.WebSocket }); // undici types its events with its own classes
}

/** Every transport of the client that reaches a network, made anew for each test. */
export const TRANSPORTS: Readonly<Record<string, () => IRealtimeTransport>> = {
  ws: nodeWs,
  sse: () => sse(),
  "socket.io": () => socketIo(),
  "socket.io by polling": () => socketIo({ transports: ["polling"] }),
  auto: () => auto({ first: nodeWs() }),
};
