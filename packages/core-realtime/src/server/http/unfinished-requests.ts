import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Closes the connections whose request has not come whole: no response to it is under way, and a graceful stop would wait for it.
 * Call before the server listens; call what it returns after `server.close()`.
 */
export function watchUnfinishedRequests(server: Server): () => void {
  const answering = new Map<Socket, IncomingMessage | undefined>();
  server.on("connection", (socket: Socket) => {
    answering.set(socket, undefined);
    socket.once("close", () => answering.delete(socket));
  });
  server.prependListener("request", (request, response) => {
    answering.set(request.socket, request);
    response.once("close", () => {
      if (answering.get(request.socket) === request) answering.set(request.socket, undefined);
    });
  });
  return () => {
    for (const [socket, request] of answering) if (!request?.complete) socket.destroy();
  };
}
