import type { ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { IRealtimeObserver, LeaveReason } from "../../seams/observer.seam.js";
import type { IRealtimeConnection, IRealtimeServer, OutboundMessage } from "../../seams/server.seam.js";
import { runReported } from "../../thenable.js";
import type { RealtimePosition } from "../../wire/envelope.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { JoiningSubscription } from "./joining-subscription.js";
import { outboundMessage } from "./outbound-message.js";

/** One channel that has subscribers on this node: who they are, and up to where they have received it. */
export class LocalChannel {
  readonly name: string;
  /** The channel's number in message frames; no other channel of this process ever has it. */
  readonly number: number;
  /** Its description as the registry has it now. */
  found: ResolvedChannel;
  /** Resolves when the broker delivers the channel; undefined where it does already. */
  wanted: Promise<void> | undefined;
  /** The newest message that this node has delivered; undefined before the first subscriber has read the history. */
  position: RealtimePosition | undefined;
  /** The history was read and has no position: its subscribers have none, and no epoch for the messages that follow. */
  isUnplaced = false;
  readonly #live = new Map<IRealtimeServer, Set<IRealtimeConnection>>();
  readonly #joining = new Map<RealtimeSession, JoiningSubscription>();
  readonly #members = new Set<RealtimeSession>();
  readonly #node: { readonly isIsolated: boolean };

  constructor(number: number, found: ResolvedChannel, node: { readonly isIsolated: boolean }) {
    this.#node = node;
    this.number = number;
    this.name = found.address.name;
    this.found = found;
  }

  /** Connections that are subscribed here, those that join included. */
  get audience(): number {
    return this.#members.size;
  }

  get members(): ReadonlySet<RealtimeSession> {
    return this.#members;
  }

  /** The sessions that have received their reply: what is lost from now on, they miss. */
  live(): readonly RealtimeSession[] {
    return [...this.#members].filter((session) => this.#joining.get(session)?.isHolding !== true);
  }

  /** Those of them that have not received what follows this offset: the reply of a joining one may have been newer. */
  behind(offset: number): readonly RealtimeSession[] {
    return this.live().filter((session) => (this.#joining.get(session)?.repliedTo ?? 0) <= offset);
  }

  /** The lowest offset beyond this one that a joining session has received with its reply. */
  nextReplied(offset: number): number | undefined {
    let next: number | undefined;
    for (const { isHolding, repliedTo } of this.#joining.values())
      if (!isHolding && repliedTo > offset) next = Math.min(repliedTo, next ?? repliedTo);
    return next;
  }

  /** Begins to join: messages of the channel are held for this session until `goLive`. */
  hold(subscription: JoiningSubscription): void {
    const { session } = subscription;
    this.#members.add(session);
    this.#live.get(session.server)?.delete(session.connection); // a renewed subscription: its reply comes before any further message
    this.#joining.set(session, subscription);
  }

  /** Messages are sent to this session as they are delivered. */
  goLive(session: RealtimeSession): void {
    if (!this.#members.has(session)) return; // left meanwhile
    this.#joining.delete(session);
    const live = this.#live.get(session.server);
    if (live) live.add(session.connection);
    else this.#live.set(session.server, new Set([session.connection]));
  }

  remove(session: RealtimeSession): void {
    this.#members.delete(session);
    this.#joining.delete(session);
    this.#live.get(session.server)?.delete(session.connection);
  }

  /** Sends an envelope to all subscribers here; returns to how many connections. */
  deliver(envelope: SealedEnvelope): number {
    if (this.#node.isIsolated) return 0;
    let audience = 0;
    let message: OutboundMessage | undefined;
    for (const [server, connections] of this.#live) {
      if (connections.size === 0) continue;
      message ??= this.frame(envelope);
      audience += connections.size;
      server.deliver(message, connections);
    }
    if (this.#joining.size > 0) for (const joining of [...this.#joining.values()]) joining.take(envelope);
    return audience;
  }

  /** Sends an envelope to one session. */
  deliverTo({ server, connection }: RealtimeSession, envelope: SealedEnvelope): void {
    if (this.#node.isIsolated) return;
    server.deliver(this.frame(envelope), new Set([connection]));
  }

  /** Sends an envelope to one session, after the reply where it joins; false where it is not subscribed, or the node isolated. */
  sendTo(session: RealtimeSession, envelope: SealedEnvelope): boolean {
    if (this.#node.isIsolated || !this.#members.has(session)) return false;
    const joining = this.#joining.get(session);
    if (joining) joining.take(envelope);
    else this.deliverTo(session, envelope);
    return true;
  }

  /** Sends an envelope to several sessions, framed once; returns to how many of them, without those that are not subscribed. */
  sendToAll(sessions: Iterable<RealtimeSession>, envelope: SealedEnvelope): number {
    if (this.#node.isIsolated) return 0;
    let count = 0;
    const live = new Map<IRealtimeServer, Set<IRealtimeConnection>>();
    for (const session of sessions) {
      if (!this.#members.has(session)) continue;
      count += 1;
      const joining = this.#joining.get(session);
      if (joining) joining.take(envelope);
      else live.set(session.server, (live.get(session.server) ?? new Set()).add(session.connection));
    }
    if (live.size === 0) return count;
    const message = this.frame(envelope);
    for (const [server, connections] of live) server.deliver(message, connections);
    return count;
  }

  /** Reports the end of a subscription to the channel's `closing`. */
  closed({ user, connectionId }: RealtimeSession, why: LeaveReason, observer: IRealtimeObserver): void {
    const { closing, address } = this.found;
    if (!closing) return;
    const failed = (cause: unknown) =>
      observer.observe({ kind: "failed", where: "closing", cause, channel: this.name });
    runReported(() => closing({ address, user, connectionId, why }), failed);
  }

  frame(envelope: SealedEnvelope): OutboundMessage {
    return outboundMessage(this.number, envelope, this.found.address.channel.overflow);
  }
}
