import type { Clock } from "../../seams/clock.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../../seams/history.seam.js";
import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import type { DeadlineQueue } from "../gates/deadline-queue.js";
import type { AbuseLedger } from "../limits/abuse-ledger.js";
import type { Guards } from "../gates/guards.js";
import type { Leases } from "./leases.js";
import type { RecoveryBudget } from "../limits/recovery-budget.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Admission } from "../limits/admission.js";
import type { ConnectionCount } from "../limits/connection-count.js";
import type { ReplyCache } from "./reply-cache.js";
import type { SessionTable } from "./session-table.js";

/** What a node's gateway works with; `createRealtime` makes it once. */
export interface GatewayDeps {
  readonly authenticator: IRealtimeAuthenticator;
  readonly registry: IRealtimeHandlerRegistry;
  readonly history: IRealtimeHistory;
  readonly guards: Guards;
  readonly observer: IRealtimeObserver;
  readonly sessions: SessionTable;
  readonly leases: Leases;
  readonly replies: ReplyCache;
  readonly abuse: AbuseLedger;
  readonly admission: Admission;
  readonly connections: ConnectionCount;
  readonly recovery: RecoveryBudget;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
}
