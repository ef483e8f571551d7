import type { BrokerNode, RealtimeCommand } from "../../seams/broker.seam.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import { recheck, type PermitDeps } from "../gates/subscribe.gate.js";
import { reauthenticateSession, type RefreshDeps } from "../gates/refresh.js";
import type { Observers } from "../observers.js";
import type { Leases } from "../session/leases.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";
import type { ChannelSequence } from "./channel-sequence.js";
import type { ChannelTable } from "./channel-table.js";
import type { ChannelWatch } from "./channel-watch.js";
import type { LocalChannel } from "./local-channel.js";

export interface RealtimeNodeDeps extends PermitDeps, RefreshDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly observer: Observers;
  readonly sessions: SessionTable;
  readonly leases: Leases;
  readonly channels: ChannelTable;
  readonly sequence: ChannelSequence;
  readonly watch: Pick<ChannelWatch, "notice" | "noticeAll">;
}

/** One node, as its broker calls it: envelopes go to its channels, commands to its sessions. */
export class RealtimeNode implements BrokerNode {
  readonly #deps: RealtimeNodeDeps;

  constructor(deps: RealtimeNodeDeps) {
    this.#deps = deps;
  }

  onEnvelope(envelope: SealedEnvelope): void {
    const { leases, channels, sequence, watch } = this.#deps;
    leases.sweep();
    if (channels.isIsolated) return; // connected clients recover it after `onRejoined`
    const channel = channels.get(envelope.channel);
    if (channel) sequence.place(channel, envelope);
    watch.notice(envelope.channel);
  }

  async onCommand(command: RealtimeCommand): Promise<void> {
    const { sessions } = this.#deps;
    switch (command.kind) {
      case "expel":
        sessions.noteExpulsion(command);
        for (const session of sessions.matching(command)) session.end(new RealtimeError("EXPELLED"));
        return;
      case "revoke":
        this.#outdate(command);
        for (const [channel, session] of this.#subscriptionsOf(command))
          session.endSubscription(channel.name, new RealtimeError("REVOKED"));
        return;
      case "recheck":
        this.#outdate(command);
        await Promise.all(
          this.#subscriptionsOf(command).map(([{ name }, session]) =>
            recheck({ name, session, isUnchanged: true }, this.#deps),
          ),
        );
        return;
      case "reauthenticate":
        await Promise.all(
          [...sessions.ofUser(command.userId)].map((session) => reauthenticateSession(session, this.#deps)),
        );
        return;
      default:
        return command satisfies never;
    }
  }

  onGap(channels?: readonly string[]): void {
    const { channels: table, sequence } = this.#deps;
    const suspects = channels ? channels.flatMap((name) => table.get(name) ?? []) : [...table.all()];
    for (const channel of suspects) sequence.suspect(channel);
    this.#deps.watch.noticeAll(channels);
  }

  onIsolated(): void {
    this.#deps.channels.isIsolated = true;
    this.#deps.observer.observe({ kind: "isolated" });
  }

  /** What was ordered meanwhile has not arrived here: every client passes the gates again, and recovers. */
  onRejoined(): void {
    const { sessions, channels } = this.#deps;
    sessions.noteExpulsion({}); // of any user: clients at gate 1 are authenticated again
    for (const session of [...sessions.all()]) session.end(new RealtimeError("ISOLATED"));
    channels.isIsolated = false;
    this.#deps.watch.noticeAll();
    this.#deps.observer.observe({ kind: "rejoined" });
  }

  /** The registry has changed: a name may be gone, or mean another channel. */
  onRegistryChange(): void {
    const { registry, channels } = this.#deps;
    for (const channel of [...channels.all()]) {
      const now = registry.resolve(channel.name);
      const before = channel.found.address.channel;
      if (now) channel.found = now;
      for (const session of [...channel.members])
        if (!now) session.endSubscription(channel.name, new RealtimeError("CHANNEL_DISABLED"));
        else if (now.address.channel !== before)
          void recheck({ name: channel.name, session, isUnchanged: false }, this.#deps);
    }
  }

  /** Subscribes that are in progress for these channels check their rights again. */
  #outdate({ userId, connectionId, channel, template }: SubscriptionTarget): void {
    const { channels, registry } = this.#deps;
    const isMeant = (name: string) =>
      channel === undefined
        ? template === undefined || registry.resolve(name)?.address.channel.name === template
        : name === channel;
    for (const [name, attempts] of channels.attempts()) {
      if (!isMeant(name)) continue;
      for (const [attempt, session] of attempts)
        if (
          (userId === undefined || session.user?.userId === userId) &&
          (connectionId === undefined || session.connectionId === connectionId)
        )
          attempt.isStale = true;
    }
  }

  #subscriptionsOf({ userId, connectionId, channel, template }: SubscriptionTarget): readonly Subscriber[] {
    const { channels } = this.#deps;
    const named = channel === undefined ? [...channels.all()] : [channels.get(channel)].filter((found) => !!found);
    return named
      .filter(({ found }) => template === undefined || found.address.channel.name === template)
      .flatMap((local) =>
        this.#membersOf(local, { userId, connectionId }).map((session): Subscriber => [local, session]),
      );
  }

  #membersOf({ members }: LocalChannel, { userId, connectionId }: SubscriptionTarget): readonly RealtimeSession[] {
    const { sessions } = this.#deps;
    if (connectionId !== undefined) {
      const session = sessions.ofConnection(connectionId);
      return session && members.has(session) && (userId === undefined || session.user?.userId === userId)
        ? [session]
        : [];
    }
    if (userId === undefined) return [...members];
    return [...sessions.ofUser(userId)].filter((session) => members.has(session));
  }
}

type Subscriber = readonly [channel: LocalChannel, session: RealtimeSession];

interface SubscriptionTarget {
  readonly userId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly channel?: string | undefined;
  readonly template?: string | undefined;
}
