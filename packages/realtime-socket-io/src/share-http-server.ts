import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Who takes what is its own, of requests and upgrades. */
export interface HttpTaker {
  isOwn(request: IncomingMessage): boolean;
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Takes its own from an app's HTTP server and leaves the rest to those who listened before; returns the undo. */
export function shareHttpServer(httpServer: HttpServer, taker: HttpTaker): () => void {
  const others = httpServer.listeners("request") as RequestListener[]; // Node says Function[]
  const onRequest: RequestListener = (request, response) => {
    if (taker.isOwn(request)) taker.handleRequest(request, response);
    else if (httpServer.listenerCount("request") === 1 && others.length === 0)
      response.writeHead(404).end(); // nobody else will ever answer it
    else for (const other of others) other.call(httpServer, request, response); // who listens since then is called by Node
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (taker.isOwn(request)) taker.handleUpgrade(request, socket, head);
    else if (httpServer.listenerCount("upgrade") === 1) socket.destroy(); // nobody else will ever answer it
  };
  httpServer.removeAllListeners("request");
  httpServer.on("request", onRequest).on("upgrade", onUpgrade);
  return () => {
    httpServer.off("request", onRequest).off("upgrade", onUpgrade);
    for (const other of others) httpServer.on("request", other);
  };
}
