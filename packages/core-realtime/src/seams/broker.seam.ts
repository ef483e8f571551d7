import type { SealedEnvelope } from "../wire/sealed-envelope.js";

/** What one node orders all nodes to do. */
export type RealtimeCommand =
  | { readonly kind: "expel"; readonly userId?: string | undefined; readonly sessionId?: string | undefined }
  | {
      readonly kind: "revoke";
      readonly userId?: string | undefined;
      readonly connectionId?: string | undefined;
      readonly channel?: string | undefined;
      readonly template?: string | undefined;
    }
  | {
      readonly kind: "recheck";
      readonly userId?: string | undefined;
      readonly channel?: string | undefined;
      readonly template?: string | undefined;
    }
  | { readonly kind: "reauthenticate"; readonly userId: string };

/** One node, as its broker calls it. */
export interface BrokerNode {
  onEnvelope(envelope: SealedEnvelope): void;
  /** Returns when this node has carried the command out. */
  onCommand(command: RealtimeCommand): Promise<void> | void;
  /** Envelopes may be missing, of these channels or of all. */
  onGap(channels?: readonly string[]): void;
  /** Cut off: nothing may leave any more until `onRejoined`. */
  onIsolated(): void;
  onRejoined(): void;
}

/** What became of a command. */
export interface CommandOutcome {
  /** Nodes that have carried it out. */
  readonly nodes: number;
  /** Nodes that did not confirm; each has isolated itself by now. */
  readonly givenUp: readonly string[];
}

/** A node's membership. */
export interface BrokerMembership {
  publish(envelope: SealedEnvelope): Promise<void> | void;
  want(channel: string): Promise<void> | void;
  unwant(channel: string): Promise<void> | void;
  command(command: RealtimeCommand): Promise<CommandOutcome>;
  leave(): Promise<void> | void;
}

/** Seam 6: how do nodes receive each other's envelopes and commands? */
export interface IRealtimeBroker {
  join(nodeId: string, node: BrokerNode): Promise<BrokerMembership> | BrokerMembership;
  close(): Promise<void> | void;
}
