import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHistory } from "../../seams/history.seam.js";
import type { RealtimePosition } from "../../wire/envelope.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import { MAX_RECOVERED } from "../gates/subscribe.gate.js";
import type { Observers } from "../observers.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { ChannelGap } from "./channel-gap.js";
import type { LocalChannel } from "./local-channel.js";

export interface ChannelSequenceDeps {
  readonly history: IRealtimeHistory;
  readonly observer: Observers;
  readonly clock: Clock;
}

const REORDER_MS = 25; // two nodes publish what one store has numbered: the other's message is on its way
const RETRY_MS = 250; // a history that fails is read again
const MAX_TRIES = 6; // and after 1.5 s the subscribers receive GAP: within the 2 s that are promised

/**
 * Delivers each channel in the order of its history, each message once. What is missing is read from the history, once for all
 * subscribers of this node; what cannot be read ends their subscriptions with GAP.
 */
export class ChannelSequence {
  readonly #deps: ChannelSequenceDeps;
  readonly #gaps = new Map<LocalChannel, ChannelGap>();

  constructor(deps: ChannelSequenceDeps) {
    this.#deps = deps;
  }

  /** An envelope from the broker. */
  place(channel: LocalChannel, envelope: SealedEnvelope): void {
    const { position } = envelope;
    const here = channel.position;
    if (position === undefined) return this.#deliver(channel, envelope);
    if (!here && !channel.isUnplaced) return this.#gapOf(channel).keep(envelope, position.offset); // until the history is read
    if (!here || position.epoch !== here.epoch) {
      this.#end(channel, position); // the history started a new epoch
      return void channel.deliver(envelope); // to those that join
    }
    if (position.offset <= here.offset) return; // a repeat
    if (position.offset === here.offset + 1 && !this.#gaps.get(channel)?.isReading) {
      this.#advance(channel, envelope, position);
      const gap = this.#gaps.get(channel);
      if (gap) this.#resume(channel, gap);
      return;
    }
    this.#wait(channel, envelope, position.offset);
  }

  /** The history returned its position, or none where it has nothing of the channel: the first subscriber's read is where this node begins. */
  learn(channel: LocalChannel, position: RealtimePosition | undefined): void {
    channel.isUnplaced = position === undefined;
    const early = this.#gaps.get(channel)?.epoch;
    if (position) this.#learnPosition(channel, position);
    else if (!channel.position && early !== undefined) this.#begin(channel, { epoch: early, offset: 0 });
  }

  #learnPosition(channel: LocalChannel, position: RealtimePosition): void {
    if (channel.position === undefined) this.#begin(channel, position);
    else if (channel.position.epoch !== position.epoch) this.#end(channel, position);
  }

  /** Envelopes of this channel may be missing. */
  suspect(channel: LocalChannel): void {
    if (!channel.found.address.channel.history)
      this.#deps.observer.observe({ kind: "gap", channel: channel.name, outcome: "lost" });
    else if (channel.position !== undefined) this.#repair(channel, this.#gapOf(channel));
  }

  /** The last subscriber has left. */
  forget(channel: LocalChannel): void {
    this.#gaps.get(channel)?.cancel();
    this.#gaps.delete(channel);
  }

  close(): void {
    for (const gap of this.#gaps.values()) gap.cancel();
    this.#gaps.clear();
  }

  #advance(channel: LocalChannel, envelope: SealedEnvelope, position: RealtimePosition): void {
    channel.position = position;
    this.#deliver(channel, envelope);
  }

  #deliver(channel: LocalChannel, envelope: SealedEnvelope): void {
    const audience = channel.deliver(envelope);
    const { observer } = this.#deps;
    if (observer.isObserved("delivered")) observer.observe({ kind: "delivered", envelope, audience });
  }

  /** Begins at a position, and continues with what has arrived since the history was read. */
  #begin(channel: LocalChannel, position: RealtimePosition): void {
    channel.position = position;
    const gap = this.#gaps.get(channel);
    if (!gap) return;
    const isForeign = gap.dropForeign(position.epoch);
    this.#resume(channel, gap);
    if (isForeign)
      this.suspect(channel); // the history has begun anew meanwhile, or before
    else if (this.#gaps.get(channel) === gap)
      gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap));
  }

  #wait(channel: LocalChannel, envelope: SealedEnvelope, offset: number): void {
    const isKnown = this.#gaps.has(channel);
    const gap = this.#gapOf(channel);
    gap.keep(envelope, offset);
    if (!isKnown) gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap));
  }

  #gapOf(channel: LocalChannel): ChannelGap {
    const known = this.#gaps.get(channel);
    if (known) return known;
    const gap = new ChannelGap();
    this.#gaps.set(channel, gap);
    return gap;
  }

  /** Delivers what follows without a hole; the gap is over where nothing is left of it. */
  #resume(channel: LocalChannel, gap: ChannelGap): void {
    const { epoch, offset } = channel.position ?? { epoch: "", offset: 0 };
    for (let next = offset + 1, early = gap.take(next); early; early = gap.take(next)) {
      this.#advance(channel, early, early.position ?? { epoch, offset: next });
      next += 1;
    }
    gap.dropUpTo(channel.position?.offset ?? 0);
    if (gap.isEmpty) this.forget(channel);
  }

  #repair(channel: LocalChannel, gap: ChannelGap): void {
    const since = channel.position;
    if (gap.isReading || since === undefined) return;
    gap.cancel();
    gap.isReading = true;
    gap.cancel = this.#deps.clock.after(MAX_TRIES * RETRY_MS, () => this.#end(channel, undefined)); // a history that does not return
    this.#read(channel, gap, since).catch((cause: unknown) => this.#failed(channel, gap, cause));
  }

  async #read(channel: LocalChannel, gap: ChannelGap, since: RealtimePosition): Promise<void> {
    const { history, observer } = this.#deps;
    const policy = channel.found.address.channel.history;
    if (!policy) return this.#end(channel, undefined);
    const page = await history.read(channel.name, { kind: "since", since, limit: MAX_RECOVERED }, policy);
    if (this.#gaps.get(channel) !== gap) return; // no subscriber is left
    const { position: newest } = page;
    if (!page.complete && newest?.epoch !== since.epoch) return this.#end(channel, newest);
    gap.cancel();
    gap.isReading = false;
    gap.tries = 0;
    if (!page.complete) return this.#skip(channel, gap, newest ?? since);
    for (const envelope of page.messages)
      if (envelope.position && envelope.position.offset > (channel.position?.offset ?? 0))
        this.#advance(channel, envelope, envelope.position);
    if (page.messages.length > 0) observer.observe({ kind: "gap", channel: channel.name, outcome: "repaired" });
    this.#resume(channel, gap);
    if (this.#gaps.get(channel) === gap)
      gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap)); // a hole behind this one
  }

  #failed(channel: LocalChannel, gap: ChannelGap, cause: unknown): void {
    const { observer, clock } = this.#deps;
    if (this.#gaps.get(channel) !== gap) return;
    observer.observe({ kind: "failed", where: "history", cause, channel: channel.name });
    gap.cancel();
    gap.isReading = false;
    gap.tries += 1;
    if (gap.tries >= MAX_TRIES) this.#end(channel, undefined);
    else gap.cancel = clock.after(RETRY_MS, () => this.#repair(channel, gap));
  }

  /** The history has lost what this node missed. Those who received it with their reply stay subscribed: for them the channel continues from there. */
  #skip(channel: LocalChannel, gap: ChannelGap, newest: RealtimePosition): void {
    const from = channel.position?.offset ?? 0;
    const missed = channel.behind(from);
    channel.position = { ...newest, offset: Math.min(channel.nextReplied(from) ?? newest.offset, newest.offset) };
    if (missed.length > 0) this.#endAll(channel, missed);
    if (this.#gaps.get(channel) !== gap) return; // no subscriber is left
    this.#resume(channel, gap);
    if (channel.position.offset < newest.offset) this.#repair(channel, this.#gapOf(channel));
  }

  /** What was missed cannot be had: subscribers receive GAP, and subscribe again for the state as it is. Those that join are not concerned. */
  #end(channel: LocalChannel, position: RealtimePosition | undefined): void {
    this.forget(channel);
    channel.position = position;
    this.#endAll(channel, channel.live());
  }

  #endAll({ name }: LocalChannel, sessions: readonly RealtimeSession[]): void {
    this.#deps.observer.observe({ kind: "gap", channel: name, outcome: "ended" });
    for (const session of sessions) session.endSubscription(name, new RealtimeError("GAP"));
  }
}
