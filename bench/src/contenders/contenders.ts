import type { ContenderName } from "../contender-name.js";
import type { Contender } from "./contender.js";
import { fourgateSocketIO } from "./fourgate-socket-io.js";
import { fourgateSse } from "./fourgate-sse.js";
import { fourgateWs } from "./fourgate-ws.js";
import { handWrittenSocketIO } from "./hand-written-socket-io.js";
import { handWrittenWs } from "./hand-written-ws.js";
import { plainSocketIO } from "./plain-socket-io.js";
import { plainSse } from "./plain-sse.js";
import { plainWs } from "./plain-ws.js";

/** How each contender is made. */
export const CONTENDERS: Readonly<Record<ContenderName, () => Contender>> = {
  ws: plainWs,
  "Hand-written ws": handWrittenWs,
  "Fourgate ws": fourgateWs,
  "Socket.IO": plainSocketIO,
  "Hand-written Socket.IO": handWrittenSocketIO,
  "Fourgate Socket.IO": fourgateSocketIO,
  SSE: plainSse,
  "Fourgate SSE": fourgateSse,
};
