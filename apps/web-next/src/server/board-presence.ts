import { randomUUID } from "node:crypto";
import type { ILogger } from "@repo/core-observability";
import { systemClock } from "@repo/core-realtime/server";
import { createPresence, type Presence } from "@repo/realtime-presence";
import { presenceChannels } from "./features";

/** Who is on the board, and on each channel with presence: an observer, a guard and limits for the node, and the binding that follows it. */
export function createBoardPresence(logger: ILogger): Presence {
  return createPresence({
    channels: presenceChannels,
    clock: systemClock,
    nodeId: randomUUID(),
    onError: (cause) => logger.error({ err: cause }, "presence failed"),
  });
}
