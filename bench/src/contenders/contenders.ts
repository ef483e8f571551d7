import type { ContenderName } from "../contender-name.js";
import type { Contender } from "./contender.js";
import { fourgateSocketIO } from "./fourgate-socket-io.js";
import { fourgateWs } from "./fourgate-ws.js";
import { plainSocketIO } from "./plain-socket-io.js";
import { plainWs } from "./plain-ws.js";

/** How each contender is made. */
export const CONTENDERS: Readonly<Record<ContenderName, () => Contender>> = {
  ws: plainWs,
  "Fourgate ws": fourgateWs,
  "Socket.IO": plainSocketIO,
  "Fourgate Socket.IO": fourgateSocketIO,
};
