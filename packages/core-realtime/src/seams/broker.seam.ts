import type { RealtimeEnvelope } from "../wire/envelope.js";

/** What one node asks of all. */
export type RealtimeCommand =
  | { readonly kind: "expel"; readonly userId?: string | undefined; readonly sessionId?: string | undefined }
  | {
      readonly kind: "revoke";
      readonly userId?: string | undefined;
      readonly connectionId?: string | undefined;
      readonly channel: string;
    };

/** How a node hears the others, and itself. */
export interface BrokerListener {
  onEnvelope(envelope: RealtimeEnvelope): void;
  /** Returns when this node has carried the command out. */
  onCommand(command: RealtimeCommand): Promise<void> | void;
}

/**
 * Seam 6: how do nodes hear each other?
 * MUST hand every envelope to every node's listener, the sender's own included, per publisher in order.
 * MUST resolve `command` only after every live node has carried it out, or has been given up for dead.
 * MUST NOT look into a payload.
 */
export interface IRealtimeBroker {
  publish(envelope: RealtimeEnvelope): Promise<void> | void;
  command(command: RealtimeCommand): Promise<void>;
  /** Begins to listen; returns the undo. One listener a node. */
  listen(listener: BrokerListener): Promise<() => void> | (() => void);
  close(): Promise<void> | void;
}
