import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import { runReported } from "../../thenable.js";
import type { ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { SubscribeAttempt } from "../session/subscription.js";
import { LocalChannel } from "./local-channel.js";

/** What a node reports to its broker about the channels that have subscribers here. */
export interface ChannelInterest {
  want(channel: string): Promise<void> | void;
  unwant(channel: string): Promise<void> | void;
}

/** A template with its channels on this node. */
export interface ChannelCensus {
  /** The channel's name with its placeholders. */
  readonly template: string;
  /** How many concrete channels have subscribers on this node. */
  readonly channels: number;
  /** How many subscriptions they have together. */
  readonly audience: number;
}

/** The channels that have subscribers on this node. The only record of who is subscribed. */
export class ChannelTable {
  /** The node is cut off: nothing of any channel is delivered, since a revocation might not have arrived here. */
  isIsolated = false;
  readonly #channels = new Map<string, LocalChannel>();
  readonly #attempts = new Map<string, Map<SubscribeAttempt, RealtimeSession>>();
  readonly #observer: IRealtimeObserver;
  readonly #onClosed: (channel: LocalChannel) => void;
  #interest: ChannelInterest = NO_BROKER;
  #numbers = 0;

  constructor(observer: IRealtimeObserver, onClosed: (channel: LocalChannel) => void) {
    this.#observer = observer;
    this.#onClosed = onClosed;
  }

  /** The node has joined its broker. */
  connect(interest: ChannelInterest): void {
    this.#interest = interest;
  }

  get(name: string): LocalChannel | undefined {
    return this.#channels.get(name);
  }

  all(): Iterable<LocalChannel> {
    return this.#channels.values();
  }

  /** A subscribe of this channel has arrived. */
  begin(name: string, session: RealtimeSession): SubscribeAttempt {
    const attempt = new SubscribeAttempt();
    const known = this.#attempts.get(name);
    if (known) known.set(attempt, session);
    else this.#attempts.set(name, new Map([[attempt, session]]));
    return attempt;
  }

  /** Its reply has been sent. */
  finish(name: string, attempt: SubscribeAttempt): void {
    const attempts = this.#attempts.get(name);
    attempts?.delete(attempt);
    if (attempts?.size === 0) this.#attempts.delete(name);
  }

  /** The subscribes in progress, by channel. */
  attempts(): Iterable<readonly [name: string, attempts: ReadonlyMap<SubscribeAttempt, RealtimeSession>]> {
    return this.#attempts;
  }

  /** The subscribes of one channel in progress. */
  attemptsOf(name: string): ReadonlyMap<SubscribeAttempt, RealtimeSession> {
    return this.#attempts.get(name) ?? NO_ATTEMPTS;
  }

  /** The channel, with a first or a further subscriber to come. */
  open(found: ResolvedChannel): LocalChannel {
    const { name } = found.address;
    const known = this.#channels.get(name);
    if (known) return known;
    const wanted = this.#interest.want(name); // before it is in the table: a channel that the broker refuses is not kept
    const channel = new LocalChannel((this.#numbers += 1), found, this);
    this.#channels.set(name, channel);
    if (wanted) {
      const known = Promise.resolve(wanted).then(() => (channel.wanted = undefined));
      known.catch(() => undefined); // gate 2 waits for it and fails
      channel.wanted = known;
    }
    return channel;
  }

  /** A session has joined for the first time. */
  joined(channel: LocalChannel): void {
    if (channel.audience === 1) this.#audienceChanged(channel);
  }

  /** A session leaves; the channel goes with its last subscriber. */
  leave(channel: LocalChannel, session: RealtimeSession): void {
    channel.remove(session);
    this.close(channel);
  }

  /** Forgets a channel without subscribers. */
  close(channel: LocalChannel): void {
    if (channel.audience > 0 || this.#channels.get(channel.name) !== channel) return;
    this.#channels.delete(channel.name);
    runReported(() => this.#interest.unwant(channel.name), this.#failed("broker", channel.name));
    this.#onClosed(channel);
    this.#audienceChanged(channel);
  }

  audienceOf(name: string): number {
    return this.#channels.get(name)?.audience ?? 0;
  }

  census(): readonly ChannelCensus[] {
    const rows = new Map<string, { template: string; channels: number; audience: number }>();
    for (const { found, audience } of this.#channels.values()) {
      const template = found.address.channel.name;
      const row = rows.get(template) ?? { template, channels: 0, audience: 0 };
      row.channels += 1;
      row.audience += audience;
      rows.set(template, row);
    }
    return [...rows.values()];
  }

  #failed(where: string, channel: string): (cause: unknown) => void {
    return (cause) => this.#observer.observe({ kind: "failed", where, cause, channel });
  }

  #audienceChanged({ found, audience, name }: LocalChannel): void {
    const { address, audience: changed } = found;
    if (changed) runReported(() => changed({ address, here: audience }), this.#failed("audience", name));
  }
}

const NO_ATTEMPTS: ReadonlyMap<SubscribeAttempt, RealtimeSession> = new Map();
const NO_BROKER: ChannelInterest = { want: () => undefined, unwant: () => undefined };
