import type { MessageGateDeps } from "../gates/message.gate.js";
import type { SubscribeGateDeps } from "../gates/subscribe.gate.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import type { AbuseLedger } from "../limits/abuse-ledger.js";
import type { Leases } from "./leases.js";
import type { Admission } from "../limits/admission.js";
import type { ConnectionCount } from "../limits/connection-count.js";
import type { RecoveryBudget } from "../limits/recovery-budget.js";
import type { SessionTable } from "./session-table.js";

/** What a node's gateway works with; `createRealtime` makes it once. */
export interface GatewayDeps extends SubscribeGateDeps, MessageGateDeps {
  readonly authenticator: IRealtimeAuthenticator;
  readonly sessions: SessionTable;
  readonly leases: Leases;
  readonly abuse: AbuseLedger;
  readonly admission: Admission;
  readonly connections: ConnectionCount;
  readonly recovery: RecoveryBudget;
}
