import { isThenable } from "../../thenable.js";
import type { CarrierLink } from "./carrier-link.js";
import { parseEnvelope, type NumberedEnvelope, type Numbers } from "./cluster-message.js";
import { Deferred } from "./deferred.js";
import type { HoldBudget } from "./ordered-stream.js";
import { Shard } from "./shard.js";

export interface ShardTableDeps {
  readonly link: CarrierLink;
  readonly shards: number;
  readonly now: () => number;
  /** The members that have published, or may have. */
  readonly publishers: () => readonly string[];
  /** Numbers of publishers are missing. */
  readonly requestSync: () => void;
  readonly deliver: (envelope: NumberedEnvelope) => void;
  readonly onGap: (channels: readonly string[]) => void;
}

/**
 * The topics that this node is subscribed to. Channels are spread over a fixed number of shards, one topic each: so the last number of
 * every topic fits into a heartbeat, and a further channel of a shard that is wanted already costs nothing.
 */
export class ShardTable {
  readonly #deps: ShardTableDeps;
  readonly #shards = new Map<number, Shard>();
  readonly #late = new Set<Shard>();
  readonly #budget: HoldBudget = { left: MAX_HELD_UNITS };
  #isOpen = false;

  constructor(deps: ShardTableDeps) {
    this.#deps = deps;
  }

  want(channel: string): Promise<void> | undefined {
    const number = this.numberOf(channel);
    const known = this.#shards.get(number);
    const shard = known ?? new Shard(number, { ...this.#deps, budget: this.#budget });
    shard.channels.add(channel);
    shard.idleSince = undefined;
    if (!known) this.#subscribe(shard);
    return shard.waiting?.promise;
  }

  unwant(channel: string): void {
    const shard = this.#shards.get(this.numberOf(channel));
    if (shard?.channels.delete(channel) && shard.channels.size === 0) shard.idleSince = this.#deps.now();
  }

  isWanted(channel: string): boolean {
    return this.#shards.get(this.numberOf(channel))?.channels.has(channel) ?? false;
  }

  /** FNV-1a: the same on every node. */
  numberOf(channel: string): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < channel.length; index += 1)
      hash = Math.imul(hash ^ channel.charCodeAt(index), 0x01000193);
    return (hash >>> 0) % this.#deps.shards;
  }

  /** The shards whose publishers' numbers are to be requested: all of them by a node that joins. */
  toSync(isJoining: boolean): readonly number[] {
    return [...this.#shards.values()].flatMap((shard) =>
      shard.stands && (isJoining || shard.isUnsynced) ? [shard.number] : [],
    );
  }

  get hasUnsynced(): boolean {
    return [...this.#shards.values()].some((shard) => shard.stands && shard.isUnsynced);
  }

  /** A member that may have published before, or, `isNew`, has not. */
  addPublisher(id: string, isNew: boolean): void {
    for (const shard of this.#shards.values()) {
      if (!shard.stands) continue; // added when it does
      if (isNew) shard.addNewPublisher(id);
      else shard.addPublisher(id);
    }
  }

  removePublisher(id: string): void {
    for (const shard of this.#shards.values()) {
      shard.removePublisher(id);
      this.#settle(shard);
    }
  }

  /** The publisher's numbers, requested when the subscriptions stood. */
  startAfter(id: string, numbers: Numbers): void {
    for (const [number, last] of Object.entries(numbers)) {
      const shard = this.#shards.get(Number(number));
      if (!shard?.stands) continue;
      shard.startAfter(id, last);
      this.#settle(shard);
    }
  }

  /** The publisher's newest numbers: what does not arrive soon is lost. */
  expect(id: string, numbers: Numbers): void {
    for (const number of Object.keys(numbers)) {
      const shard = this.#shards.get(Number(number));
      if (shard?.expect(id, numbers, this.#deps.now())) this.#late.add(shard);
    }
  }

  skipMissing(since: number): void {
    for (const shard of this.#late) if (!shard.skipMissing(since)) this.#late.delete(shard);
  }

  /** The node is no member: nothing that it recorded about publishers is valid. */
  suspend(): void {
    this.#isOpen = false;
    for (const shard of this.#shards.values()) {
      shard.reset();
      shard.waiting ??= new Deferred();
    }
  }

  /** The node is a member, every publisher is known. */
  open(): void {
    this.#isOpen = true;
    for (const shard of this.#shards.values()) this.#settle(shard);
  }

  releaseIdle(since: number): void {
    for (const shard of this.#shards.values())
      if (shard.stands && shard.idleSince !== undefined && shard.idleSince <= since) this.#remove(shard);
  }

  close(why: Error): void {
    for (const shard of [...this.#shards.values()]) {
      shard.waiting?.reject(why);
      this.#remove(shard);
    }
  }

  #subscribe(shard: Shard): void {
    this.#shards.set(shard.number, shard);
    const failed = (cause: unknown) => {
      if (this.#shards.get(shard.number) === shard) this.#shards.delete(shard.number);
      shard.waiting?.reject(new Error("The broker's carrier refused a subscription. Subscribe again.", { cause }));
    };
    try {
      const receive = (text: string) => this.#receive(shard, text);
      const subscribed = this.#deps.link.subscribe(shard.number, receive);
      if (isThenable(subscribed)) subscribed.then((undo) => this.#stands(shard, undo), failed);
      else this.#stands(shard, subscribed);
    } catch (cause) {
      failed(cause);
    }
  }

  #stands(shard: Shard, undo: () => void): void {
    if (this.#shards.get(shard.number) !== shard) return undo();
    shard.unsubscribe = undo;
    for (const id of this.#deps.publishers()) shard.addPublisher(id);
    this.#settle(shard);
    if (shard.isUnsynced) this.#deps.requestSync();
  }

  #settle(shard: Shard): void {
    if (!this.#isOpen || !shard.stands || shard.isUnsynced) return;
    shard.waiting?.resolve();
    shard.waiting = undefined;
  }

  #receive(shard: Shard, text: string): void {
    const envelope = parseEnvelope(text);
    if (envelope && shard.receive(envelope, this.#deps.now())) this.#late.add(shard);
  }

  #remove(shard: Shard): void {
    this.#shards.delete(shard.number);
    this.#late.delete(shard);
    shard.reset();
    shard.unsubscribe?.();
  }
}

const MAX_HELD_UNITS = 16 * 1024 * 1024; // of all early envelopes of a node, in UTF-16 code units
