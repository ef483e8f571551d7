// deployed-server.ts
import { createServer } from "node:http";
import type { Realtime } from "fourgate/server";
import { SseRealtimeServer } from "fourgate/sse";
import { WsRealtimeServer } from "fourgate/ws";

interface ServerOptions {
  readonly realtime: Realtime;
  readonly port: number;
  /** Resolves when the balancer has seen `/readyz` fail, such as `() => setTimeout(10_000)` of `node:timers/promises`. */
  readonly untilNoticed: () => Promise<unknown>;
}

/** A server with health checks that drains before it stops. */
export async function startServer({ realtime, port, untilNoticed }: ServerOptions) {
  const sse = new SseRealtimeServer();
  let isStopping = false;
  const httpServer = createServer((request, response) => {
    if (sse.isOwn(request)) return sse.handleRequest(request, response);
    if (request.url === "/healthz") return void response.end("ok"); // the process lives
    if (request.url === "/readyz") return void response.writeHead(isStopping ? 503 : 200).end(); // send it visitors
    response.writeHead(404).end();
  });
  await realtime.serve(sse);
  await realtime.serve(new WsRealtimeServer({ httpServer }));
  await new Promise<void>((resolve) => httpServer.listen(port, resolve));

  return {
    httpServer,
    async stop() {
      isStopping = true;
      await untilNoticed(); // the balancer sends no new visitors from here on
      await realtime.close({ drainMs: 5_000 }); // notifies clients, finishes handlers, closes in batches
      httpServer.close();
    },
  };
}
