import { closeOnSignal } from "@repo/core-realtime/server";
import { createNextServer, type NextServer, type NextServerOptions } from "./next-server.js";

/** The options of a process that serves a Next app. */
export interface StartNextServerOptions extends NextServerOptions {
  /** Closes what the app has opened, a database for example, when realtime and Next have ended. */
  readonly onClose?: () => Promise<void> | void;
}

/**
 * The whole of a Next app's own server: pages, hot reload, route handlers, WebSockets and Socket.IO on one port. It has Next load the route
 * that calls `createNextRealtime`, so this file registers no channel. Ends on SIGTERM and SIGINT: clients are notified to reconnect, requests finish.
 * Where it cannot start, it prints the reason, and the process ends with 1.
 * @example
 * import { startNextServer } from "@repo/realtime-next/server";
 * import { WsRealtimeServer } from "@repo/realtime-ws";
 * import next from "next";
 *
 * await startNextServer({ next, transports: [new WsRealtimeServer()] });
 */
export async function startNextServer(options: StartNextServerOptions): Promise<NextServer> {
  const { onClose = () => undefined } = options;
  try {
    const server = await createNextServer(options, (httpServer, close) => closeOnSignal(httpServer, [close, onClose]));
    console.log(`Listening on http://localhost:${server.port}`);
    return server;
  } catch (error) {
    console.error(error); // a rejection would be taken by Next, which listens to them all, and the process would stay
    process.exit(1);
  }
}
