import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import type { Server as HttpsServer } from "node:https";
import { shareUpgrades, type UpgradeTaker } from "@repo/core-realtime/server";

/** A transport that takes the requests and upgrades of its own path. */
export interface HttpTaker extends UpgradeTaker {
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Takes its own from an app's HTTP server and leaves the rest to the earlier listeners; returns the undo. */
export function shareHttpServer(httpServer: HttpServer | HttpsServer, taker: HttpTaker): () => void {
  const others = httpServer.listeners("request") as RequestListener[]; // Node types it Function[]
  const onRequest: RequestListener = (request, response) => {
    if (taker.isOwn(request)) taker.handleRequest(request, response);
    else if (httpServer.listenerCount("request") === 1 && others.length === 0)
      response.writeHead(404).end(); // no other listener will ever reply to it
    else for (const other of others) other.call(httpServer, request, response); // later listeners are called by Node
  };
  httpServer.removeAllListeners("request");
  httpServer.on("request", onRequest);
  const unshareUpgrades = shareUpgrades(httpServer, taker);
  return () => {
    unshareUpgrades();
    httpServer.off("request", onRequest);
    for (const other of others) httpServer.on("request", other);
  };
}
