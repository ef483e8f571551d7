import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Answers an upgrade request with a status and nothing more, and lets go of the socket. */
export function refuseUpgrade(socket: Duplex, status: 403 | 404 | 503): void {
  socket.on("error", () => socket.destroy()); // the peer may be gone already; that is its own affair
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
