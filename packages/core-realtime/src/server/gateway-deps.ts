import type { Clock } from "../clock.js";
import type { IRealtimeAuthenticator } from "../realtime-authenticator.js";
import type { IRealtimeHandlerRegistry } from "../realtime-handler-registry.js";
import type { IRealtimeHistory } from "../realtime-history.js";
import type { IRealtimeObserver } from "../realtime-observer.js";
import type { AbuseLedger } from "./abuse-ledger.js";
import type { Guards } from "./guards.js";
import type { Leases } from "./leases.js";
import type { RealtimeLimits } from "./limits.js";
import type { OriginPolicy } from "./origin-policy.js";
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
  readonly originPolicy: OriginPolicy;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
}
