import { randomUUID } from "node:crypto";
import type { ILogger } from "@repo/core-observability";
import { systemClock } from "@repo/core-realtime/server";
import type { SqlClient } from "@repo/realtime-postgres";
import { createPresence, type Presence } from "@repo/realtime-presence";
import { PostgresPresenceStore } from "@repo/realtime-presence/postgres";
import { isShared } from "./database/is-shared";
import { presenceChannels } from "./features";

/**
 * Who is on the board, and on each channel with presence: an observer, a guard and limits for the node, and the binding that follows it. The
 * processes of one database server know each other's visitors; a process that is alone with its database, or has none, keeps its own in memory.
 */
export function createBoardPresence(logger: ILogger, client: SqlClient | undefined): Presence {
  return createPresence({
    ...(client && isShared(client) && { store: new PostgresPresenceStore(client) }),
    channels: presenceChannels,
    clock: systemClock,
    nodeId: randomUUID(),
    onError: (cause) => logger.error({ err: cause }, "presence failed"),
  });
}
