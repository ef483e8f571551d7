import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { RealtimeError } from "../../wire/realtime-error.js";
import { refusalHeaders } from "./refusal-head.js";

/** Responds to an upgrade request with a status, and the refusal as JSON where there is one, and closes the socket. */
export function refuseUpgrade(socket: Duplex, status: 400 | 403 | 404 | 503, refusal?: RealtimeError): void {
  const body = refusal ? JSON.stringify(refusal.toWire()) : "";
  const later = Object.entries(refusalHeaders(refusal)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on("error", () => socket.destroy()); // the peer may be gone already, and no other listener handles the error
  socket.once("finish", () => socket.destroy()); // `end` alone leaves our half open for as long as the peer keeps its own
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nCache-Control: no-store\r\n` +
      (refusal ? "Content-Type: application/json\r\n" : "") +
      later.join("") +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
