import type { ContenderName } from "../contender-name.js";
import type { ClientScript } from "./client-script.js";
import { FOURGATE_SOCKET_IO, FOURGATE_SSE, FOURGATE_WS } from "./fourgate-wire.js";
import { HAND_WRITTEN_SOCKET_IO, HAND_WRITTEN_WS, PLAIN_SOCKET_IO, PLAIN_SSE, PLAIN_WS } from "./plain-wire.js";

/** What the clients of each contender send. */
export const CLIENT_SCRIPTS: Readonly<Record<ContenderName, ClientScript>> = {
  ws: PLAIN_WS,
  "Hand-written ws": HAND_WRITTEN_WS,
  "Fourgate ws": FOURGATE_WS,
  "Socket.IO": PLAIN_SOCKET_IO,
  "Hand-written Socket.IO": HAND_WRITTEN_SOCKET_IO,
  "Fourgate Socket.IO": FOURGATE_SOCKET_IO,
  SSE: PLAIN_SSE,
  "Fourgate SSE": FOURGATE_SSE,
};
