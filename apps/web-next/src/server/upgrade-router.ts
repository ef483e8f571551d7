import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isOriginForm, ownerOf, type PathOwner } from "./request-path";

/** Takes over a socket whose request asked for another protocol; the signature of Node's `upgrade` event. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Upgrades to `path`, and to all that lies under it, go to `upgrade`. */
export interface UpgradeRoute extends PathOwner {
  readonly upgrade: UpgradeListener;
}

/**
 * The one `upgrade` listener of an HTTP server: hands each upgrade to the first route that owns its path, refuses the rest.
 * @example
 * httpServer.on("upgrade", createUpgradeRouter([
 *   { path: "/socket.io", upgrade: (...upgrade) => sockets.handleUpgrade(...upgrade) },
 *   ...pages.upgrades,
 * ]));
 */
export function createUpgradeRouter(routes: readonly UpgradeRoute[]): UpgradeListener {
  return (request, socket, head) => {
    if (!isOriginForm(request.url)) return refuseUpgrade(socket, 400);
    const route = ownerOf(routes, request.url);
    if (!route) return refuseUpgrade(socket, 404);
    route.upgrade(request, socket, head);
  };
}

/** Responds to an upgrade with a plain HTTP status and closes the socket. */
export function refuseUpgrade(socket: Duplex, status: 400 | 404 | 421 | 503): void {
  socket.on("error", () => socket.destroy()); // Node took its own listener away; a reset by the peer must not end the process
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => {
    socket.destroy(); // `end` alone leaves our half open for as long as the peer keeps its own
  });
}
