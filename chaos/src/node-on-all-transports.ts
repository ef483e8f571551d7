import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { defineRealtimeChannel, type IRealtimeBroker, type IRealtimeHistory } from "@repo/core-realtime";
import { createRealtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { z } from "zod";

/** The report of a node of these tests. */
export const news = defineRealtimeChannel({
  name: "news",
  scope: "public",
  payload: z.number(),
  history: { size: 1_000, ttlMs: 60_000 },
});

/** What nodes of one cluster share. */
export interface Shared {
  readonly broker?: IRealtimeBroker;
  readonly history?: IRealtimeHistory;
  /** Default: any free one. */
  readonly port?: number;
  /** Further options of a test. */
  readonly options?: Partial<RealtimeOptions>;
}

/** A node on all three transports at once, on one port. */
export async function startNode({ broker, history, port = 0, options }: Shared = {}) {
  const httpServer = createServer();
  const realtime = createRealtime({
    authenticator: { authenticate: () => null },
    ...(broker && { broker }),
    ...(history && { history }),
    ...options,
  });
  realtime.registry.registerChannel(news);
  const sse = new SseRealtimeServer({ path: "/realtime" });
  await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
  await realtime.serve(sse);
  await realtime.serve(new SocketIORealtimeServer({ httpServer }));
  httpServer.on("request", (request, response) => {
    if (sse.isOwn(request)) sse.handleRequest(request, response);
  });
  const links = new Set<Socket>();
  httpServer.on("connection", (link) => links.add(link.on("close", () => links.delete(link))));
  await new Promise<void>((resolve) => httpServer.listen(port, "127.0.0.1", resolve));
  const origin = `127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  return {
    realtime,
    port: Number(origin.split(":")[1]),
    url: (scheme: "ws" | "http") => `${scheme}://${origin}/realtime`,
    publish: (n: number) => realtime.broadcaster.broadcast(news, n),
    /** Every connection breaks, as a network would break it. */
    cut: () => links.forEach((link) => link.destroy()),
    async stop(drainMs = 1) {
      await realtime.close({ drainMs });
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}
