import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHistory } from "../../seams/history.seam.js";
import type { RealtimePosition } from "../../wire/envelope.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";
import { MAX_RECOVERED } from "../gates/subscribe.gate.js";
import type { Observers } from "../observers.js";
import type { LocalChannel } from "./local-channel.js";

export interface ChannelSequenceDeps {
  readonly history: IRealtimeHistory;
  readonly observer: Observers;
  readonly clock: Clock;
}

const REORDER_MS = 25; // two nodes publish what one store has numbered: the other's message is on its way
const RETRY_MS = 250; // a history that fails is read again
const MAX_TRIES = 6; // and after 1.5 s the subscribers know: within the 2 s that are promised
const MAX_EARLY = 1_000; // messages beyond a gap; more are read from the history
const MAX_EARLY_BYTES = 4 * 1024 ** 2;

interface Gap {
  readonly early: Map<number, SealedEnvelope>;
  cancel: () => void;
  isReading: boolean;
  tries: number;
  bytes: number;
}

/**
 * Delivers each channel in the order of its history, each message once. What is missing is read from the history, once for all
 * subscribers of this node; what cannot be read ends their subscriptions with GAP.
 */
export class ChannelSequence {
  readonly #deps: ChannelSequenceDeps;
  readonly #gaps = new Map<LocalChannel, Gap>();

  constructor(deps: ChannelSequenceDeps) {
    this.#deps = deps;
  }

  /** An envelope from the broker. */
  place(channel: LocalChannel, envelope: SealedEnvelope): void {
    const { position } = envelope;
    const here = channel.position;
    if (position === undefined) return this.#deliver(channel, envelope);
    if (here === undefined) return this.#keep(this.#gapOf(channel), envelope, position.offset); // until the history is read
    if (position.epoch !== here.epoch) {
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

  /** The history returned its position: the first subscriber's read is where this node begins. */
  learn(channel: LocalChannel, position: RealtimePosition | undefined): void {
    if (position === undefined) return;
    if (channel.position === undefined) this.#begin(channel, position);
    else if (channel.position.epoch !== position.epoch) this.#end(channel, position);
  }

  /** Envelopes of this channel may be missing. */
  suspect(channel: LocalChannel): void {
    if (channel.position !== undefined) this.#repair(channel, this.#gapOf(channel));
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
    if (observer.wants("delivered")) observer.observe({ kind: "delivered", envelope, audience });
  }

  /** Begins at a position, and goes on with what has arrived since the history was read. */
  #begin(channel: LocalChannel, position: RealtimePosition): void {
    channel.position = position;
    const gap = this.#gaps.get(channel);
    if (!gap) return;
    let isForeign = false;
    for (const [offset, { position: early }] of gap.early)
      if (early?.epoch !== position.epoch) isForeign = gap.early.delete(offset);
    this.#resume(channel, gap);
    if (isForeign)
      this.suspect(channel); // the history has begun anew meanwhile, or before
    else if (this.#gaps.get(channel) === gap)
      gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap));
  }

  #keep(gap: Gap, envelope: SealedEnvelope, offset: number): void {
    const bytes = envelope.json?.length ?? 0;
    if (gap.early.size >= MAX_EARLY || gap.bytes + bytes > MAX_EARLY_BYTES) return; // it will be read
    gap.early.set(offset, envelope);
    gap.bytes += bytes;
  }

  #wait(channel: LocalChannel, envelope: SealedEnvelope, offset: number): void {
    const isKnown = this.#gaps.has(channel);
    const gap = this.#gapOf(channel);
    this.#keep(gap, envelope, offset);
    if (!isKnown) gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap));
  }

  #gapOf(channel: LocalChannel): Gap {
    const known = this.#gaps.get(channel);
    if (known) return known;
    const gap: Gap = { early: new Map(), cancel: () => undefined, isReading: false, tries: 0, bytes: 0 };
    this.#gaps.set(channel, gap);
    return gap;
  }

  /** Delivers what follows without a hole; the gap is over where nothing is left of it. */
  #resume(channel: LocalChannel, gap: Gap): void {
    const { epoch } = channel.position ?? { epoch: "" };
    for (let next = this.#nextOf(channel, gap); next; next = this.#nextOf(channel, gap))
      this.#advance(channel, next, next.position ?? { epoch, offset: 0 });
    const { offset } = channel.position ?? { offset: 0 };
    for (const early of gap.early.keys()) if (early <= offset) gap.early.delete(early);
    if (gap.early.size === 0) this.forget(channel);
  }

  #nextOf({ position }: LocalChannel, { early }: Gap): SealedEnvelope | undefined {
    const offset = (position?.offset ?? 0) + 1;
    const next = early.get(offset);
    early.delete(offset);
    return next;
  }

  #repair(channel: LocalChannel, gap: Gap): void {
    const since = channel.position;
    if (gap.isReading || since === undefined) return;
    gap.cancel();
    gap.isReading = true;
    gap.cancel = this.#deps.clock.after(MAX_TRIES * RETRY_MS, () => this.#end(channel, undefined)); // a history that does not return
    this.#read(channel, gap, since).catch((cause: unknown) => this.#failed(channel, gap, cause));
  }

  async #read(channel: LocalChannel, gap: Gap, since: RealtimePosition): Promise<void> {
    const { history, observer } = this.#deps;
    const policy = channel.found.address.channel.history;
    if (!policy) return this.#end(channel, undefined);
    const page = await history.read(channel.name, { kind: "since", since, limit: MAX_RECOVERED }, policy);
    if (this.#gaps.get(channel) !== gap) return; // nobody is subscribed any more
    if (!page.complete) return this.#end(channel, page.position);
    gap.cancel();
    gap.isReading = false;
    gap.tries = 0;
    for (const envelope of page.messages)
      if (envelope.position && envelope.position.offset > (channel.position?.offset ?? 0))
        this.#advance(channel, envelope, envelope.position);
    if (page.messages.length > 0) observer.observe({ kind: "gap", channel: channel.name, outcome: "repaired" });
    this.#resume(channel, gap);
    if (this.#gaps.get(channel) === gap)
      gap.cancel = this.#deps.clock.after(REORDER_MS, () => this.#repair(channel, gap)); // a hole behind this one
  }

  #failed(channel: LocalChannel, gap: Gap, cause: unknown): void {
    const { observer, clock } = this.#deps;
    if (this.#gaps.get(channel) !== gap) return;
    observer.observe({ kind: "failed", where: "history", cause, channel: channel.name });
    gap.cancel();
    gap.isReading = false;
    gap.tries += 1;
    if (gap.tries >= MAX_TRIES) this.#end(channel, undefined);
    else gap.cancel = clock.after(RETRY_MS, () => this.#repair(channel, gap));
  }

  /** What was missed cannot be had: subscribers receive GAP, and subscribe again for the state as it is. Those that join are not concerned. */
  #end(channel: LocalChannel, position: RealtimePosition | undefined): void {
    this.forget(channel);
    channel.position = position;
    this.#deps.observer.observe({ kind: "gap", channel: channel.name, outcome: "ended" });
    for (const session of channel.live()) session.lapse(channel.name, new RealtimeError("GAP"));
  }
}
