import { randomUUID } from "node:crypto";
import type { ILogger } from "@repo/core-observability";
import { systemClock } from "@repo/core-realtime/server";
import { PgliteClient, type SqlClient } from "@repo/realtime-postgres";
import { createPresence, type Presence } from "@repo/realtime-presence";
import { PostgresPresenceStore } from "@repo/realtime-presence/postgres";
import { presenceChannels } from "./features";

/**
 * Who is on the board, and on each channel with presence: an observer, a guard and limits for the node, and the binding that follows it. The
 * processes of one database server know each other's visitors; a process that is alone with its database keeps its own in memory.
 */
export function createBoardPresence(logger: ILogger, client?: SqlClient): Presence {
  const isAlone = !client || client instanceof PgliteClient;
  return createPresence({
    ...(!isAlone && { store: new PostgresPresenceStore(client) }),
    channels: presenceChannels,
    clock: systemClock,
    nodeId: randomUUID(),
    onError: (cause) => logger.error({ err: cause }, "presence failed"),
  });
}
