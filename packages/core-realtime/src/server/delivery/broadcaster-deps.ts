import type { BrokerMembership } from "../../seams/broker.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../../seams/history.seam.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";

/** The dependencies of a `RealtimeBroadcaster`. */
export interface RealtimeBroadcasterDeps {
  /** The channels. */
  readonly registry: IRealtimeHandlerRegistry;
  /** Where channels with history are kept. */
  readonly history: IRealtimeHistory;
  /** The node's membership of its broker; `createRealtime` fills it in when the node has joined its broker. */
  readonly publish: BrokerMembership["publish"];
  /** The node is cut off from the others: what it stored now, no node would deliver before it is back. */
  readonly isIsolated: () => boolean;
  /** Receives what is published and what fails. */
  readonly observer: Pick<Observers, "observe" | "isObserved">;
  /** The clock of timestamps and deadlines. */
  readonly clock: Clock;
  /** How much may wait. */
  readonly limits: RealtimeLimits;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent: () => string | undefined;
}
