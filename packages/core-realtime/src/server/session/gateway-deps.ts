import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { RealtimeError } from "../../wire/realtime-error.js";
import type { SessionReceiver } from "./session-receiver.js";
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

/** What one connection's receiver works with. */
export interface ReceiverDeps extends GatewayDeps {
  /** Checked once more at gate 1: a transport may have forgotten to. */
  readonly admit: (handshake: RealtimeHandshake) => RealtimeError | undefined;
  /** The last observation of this connection has been made. */
  readonly ended: (receiver: SessionReceiver, handshake: RealtimeHandshake) => void;
}
