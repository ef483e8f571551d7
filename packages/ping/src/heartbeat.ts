import type { ILogger } from "@repo/core-observability";
import type { Clock, IRealtimeBroadcaster } from "@repo/core-realtime";
import { realtimePingChannel } from "./realtime/realtime-ping.channel";

/** Time between two heartbeats: slow enough to ignore, fast enough to watch. */
export const HEARTBEAT_MS = 5_000;

export interface HeartbeatDeps {
  readonly realtime: IRealtimeBroadcaster;
  readonly clock: Pick<Clock, "after">;
  readonly logger: ILogger;
}

/** Broadcasts a heartbeat on the ping channel, until the returned function is called. */
export function startHeartbeat({ realtime, clock, logger }: HeartbeatDeps): () => void {
  let beat = 0;
  const next = () => clock.after(HEARTBEAT_MS, pulse);
  let cancel = next();
  function pulse() {
    cancel = next();
    beat += 1;
    realtime.broadcast(realtimePingChannel, "heartbeat", { beat }).catch((err: unknown) => {
      logger.error({ err, beat }, "heartbeat was not broadcast");
    });
  }
  return () => cancel();
}
