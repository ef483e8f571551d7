import type { ILogger } from "@repo/core-observability";
import type { IRealtimeObserver, RealtimeObservation } from "@repo/core-realtime";

/** Writes down what went wrong, what was refused, and who came and went. */
export class LogObserver implements IRealtimeObserver {
  readonly #logger: ILogger;

  constructor(logger: ILogger) {
    this.#logger = logger;
  }

  observe(observation: RealtimeObservation): void {
    switch (observation.kind) {
      case "failed":
        this.#logger.error(
          { err: observation.cause, channel: observation.channel },
          `realtime: ${observation.where} failed`,
        );
        return;
      case "refused":
        this.#logger.info(
          { ...subjectOf(observation), code: observation.error.code },
          `realtime: ${observation.error.message}`,
        );
        return;
      case "connected":
      case "disconnected":
        this.#logger.info(subjectOf(observation), `realtime: ${observation.kind}`);
        return;
      case "refreshed":
      case "subscribed":
      case "left":
      case "handled":
      case "broadcast":
        return; // too many to write down
    }
  }
}

function subjectOf(observation: Extract<RealtimeObservation, { connection: unknown }>) {
  const { connection } = observation;
  if (connection) return { connectionId: connection.connectionId, userId: connection.user?.userId };
  const { transport, origin, remoteAddress } = ("handshake" in observation && observation.handshake) || {};
  return { transport, origin, remoteAddress }; // refused before there was a connection
}
