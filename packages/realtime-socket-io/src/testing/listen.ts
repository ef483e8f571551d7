import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port; resolves with the server's own origin. */
export async function listen(httpServer: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const { port } = httpServer.address() as AddressInfo; // a string only where it listens on a pipe
  return `http://127.0.0.1:${port}`;
}

/** Ends a server and all connections to it. */
export async function stopListening(httpServer: HttpServer): Promise<void> {
  httpServer.closeAllConnections();
  await new Promise((resolve) => httpServer.close(resolve));
}
