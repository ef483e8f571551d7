import type { SealedEnvelope } from "../wire/sealed-envelope.js";

/** What a broker carries. It reads `channel` and nothing else; between processes the whole travels as JSON. */
export type BrokerEnvelope = SealedEnvelope;

/** What one node orders all nodes to do, itself included. Carrying a command out twice MUST do no harm. */
export type RealtimeCommand =
  /** Ends connections: of a user, of one sign-in. */
  | { readonly kind: "expel"; readonly userId?: string | undefined; readonly sessionId?: string | undefined }
  /** Ends subscriptions: to one channel, or to all channels of a template. */
  | {
      readonly kind: "revoke";
      readonly userId?: string | undefined;
      readonly connectionId?: string | undefined;
      readonly channel?: string | undefined;
      readonly template?: string | undefined;
    }
  /** Runs gate 2 again for the subscriptions that match, and ends those that it refuses. */
  | {
      readonly kind: "recheck";
      readonly userId?: string | undefined;
      readonly channel?: string | undefined;
      readonly template?: string | undefined;
    }
  /** Runs the authenticator again with the stored handshake, then gate 2. */
  | { readonly kind: "reauthenticate"; readonly userId: string };

/** One node, as its broker calls it. None of these waits for another. */
export interface BrokerNode {
  /** A node that throws here has missed the envelope. */
  onEnvelope(envelope: BrokerEnvelope): void;
  /** Returns when this node has carried the command out. It may be called before `join` has resolved, and while isolated. */
  onCommand(command: RealtimeCommand): Promise<void> | void;
  /** Envelopes may be missing, of these channels or of all: the node reads their histories, or ends the subscriptions with `GAP`. */
  onGap(channels?: readonly string[]): void;
  /** This node is cut off: from the return of this call until `onRejoined`, it MUST NOT deliver one message more. */
  onIsolated(): void;
  /**
   * The node is a member again. Commands may have passed it by: before it delivers anything, it MUST end whatever was connected
   * before, or run the gates again. `onGap()` follows.
   */
  onRejoined(): void;
}

/** What became of a command. */
export interface CommandOutcome {
  /** Nodes that have carried it out, the sender included. */
  readonly nodes: number;
  /** Ids of the nodes that did not confirm. Each has isolated itself by now, or is dead. */
  readonly givenUp: readonly string[];
}

/** One node's membership. After `leave`, or the broker's `close`, `publish` and `command` reject or throw. */
export interface BrokerMembership {
  /**
   * MUST deliver to every node that wants the channel, the sender included: once, and per publisher and channel in the order of the
   * calls. A broker may also deliver channels that no node wants.
   * MUST reject, or throw, where other nodes certainly do not receive the envelope, and always while this node is isolated.
   */
  publish(envelope: BrokerEnvelope): Promise<void> | void;
  /**
   * MUST resolve only when every later envelope of the channel reaches this node, or its loss is reported. Idempotent: one `unwant`
   * ends it, however often it was called.
   */
  want(channel: string): Promise<void> | void;
  /** Ends the interest in a channel. */
  unwant(channel: string): Promise<void> | void;
  /**
   * MUST resolve only when every live node has carried the command out, or has been given up. MUST NOT give a node up that may still
   * deliver: it has called `onIsolated` before, or has ended.
   * MUST reject where a node failed to carry it out, when all others have; and where this node is isolated, before or meanwhile.
   * MUST run each command once on each node, however often the network repeats it.
   */
  command(command: RealtimeCommand): Promise<CommandOutcome>;
  /** From this call on nothing is delivered here. Resolves when the others know, or after a bounded time. */
  leave(): Promise<void> | void;
}

/**
 * Seam 6: how do nodes receive each other's envelopes and commands?
 * MUST report a lost envelope by `onGap` within 2 s on every node that wanted its channel, also where the channel then stays quiet, and
 * where the publisher has died. MUST NOT deliver an envelope after it has reported it as lost.
 * MUST call `onIsolated` on a node that is cut off before any other node gives it up, by time-outs that differ enough to cover a stalled
 * process and a slow network; then `onRejoined` and `onGap()` when it is connected again.
 * MUST call `onGap()` on the other nodes when a node rejoins: it may have written to histories what it could not publish.
 * MUST bound everything it keeps. MUST NOT look into a payload, and MUST NOT end the process by an unhandled rejection.
 */
export interface IRealtimeBroker {
  /**
   * Resolves when this node receives what is published, and every live node counts it. MUST reject where the broker cannot be reached;
   * may be called again then. Ids are for logs: two memberships may share one.
   */
  join(nodeId: string, node: BrokerNode): Promise<BrokerMembership> | BrokerMembership;
  /** Leaves for every node that joined through this object. May be called twice. */
  close(): Promise<void> | void;
}
