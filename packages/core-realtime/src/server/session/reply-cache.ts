import type { Clock } from "../../seams/clock.js";
import { ERROR_CODES } from "../../wire/error-codes.js";
import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { DueHeap, type DueItem } from "../due-heap.js";
import { ExpiringMap } from "../expiring-map.js";
import { weightOf } from "../history/weight-of.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "./realtime-session.js";

/** The outcome of a handler: its reply as JSON text, or its refusal. */
export type Outcome =
  { readonly ok: true; readonly result: string | undefined } | { readonly ok: false; readonly error: unknown };

/** The owner of a message. An anonymous visitor is identified by the connection alone. */
export interface ReplyKey {
  readonly session: RealtimeSession;
  readonly channel: string;
  readonly messageId: string | undefined;
}

type Limits = Pick<RealtimeLimits, "replyCacheMs" | "replyCacheBytesPerUser" | "replyCacheBytes">;

/** Whose replies these are; due when its oldest may have expired. */
interface Owner extends DueItem {
  readonly key: string;
  /** The channel that it sent its first message on. Most send on one, and there the message's id is the key: nothing is put together. */
  readonly home: string;
  readonly table: Map<string, Owner>;
  readonly replies: ExpiringMap<string, Promise<Outcome> | Outcome>;
}

const ENTRY_BYTES = 200; // what the cache itself adds to each
const ERROR_BYTES = 1_000; // with its stack
const VISITS = 4; // owners that one message looks after: each comes up once in `replyCacheMs`

/**
 * Remembers the first outcome of each client message, so that a repeat gets that reply and does not run again. What has the retry
 * "later" is not remembered: the repeat is the retry that it has invited. Each user has a bound in bytes, and forgets by it
 * only what is that user's own; beyond the node's bound those above an equal share forget first.
 */
export class ReplyCache {
  readonly #users = new Map<string, Owner>();
  readonly #visitors = new Map<string, Owner>();
  readonly #owners = new DueHeap<Owner>();
  readonly #clock: Clock;
  readonly #limits: Limits;
  #bytes = 0;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** About so many bytes of memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The first outcome under this id; undefined where the message is to run. */
  known({ session, channel, messageId }: ReplyKey): Promise<Outcome> | Outcome | undefined {
    if (messageId === undefined) return undefined;
    const now = this.#clock.monotonic();
    this.#forgetOld(now);
    const owner = this.#find(session);
    return owner?.replies.get(keyOf(owner, messageId, channel), now);
  }

  /** Remembers the outcome of a run, and returns it. Nothing may have waited since `known`. */
  remember({ session, channel, messageId }: ReplyKey, outcome: Promise<Outcome> | Outcome): Promise<Outcome> | Outcome {
    if (messageId === undefined) return outcome;
    const isPending = isThenable(outcome);
    if (!isPending && !isFinal(outcome)) return outcome;
    const owner = this.#find(session) ?? this.#begin(session, channel);
    const id = keyOf(owner, messageId, channel);
    const until = Math.ceil(this.#clock.monotonic() + this.#limits.replyCacheMs); // whole: V8 keeps a fraction in an object of its own
    this.#change(owner, () => owner.replies.set(id, outcome, { until, bytes: bytesOf(id, outcome) }));
    if (!isPending) return outcome;
    void outcome.then(
      (settled) => this.#settle(owner, id, { outcome, settled }),
      () => this.#settle(owner, id, { outcome }),
    );
    return outcome;
  }

  /** An anonymous visitor has gone, and these replies can never be requested again. */
  forget(connectionId: string): void {
    const owner = this.#visitors.get(connectionId);
    if (owner) this.#drop(owner);
  }

  #find({ user, connectionId }: RealtimeSession): Owner | undefined {
    return user ? this.#users.get(user.userId) : this.#visitors.get(connectionId);
  }

  /** The run is over: its outcome takes the place of the promise, or nothing does. */
  #settle(owner: Owner, id: string, { outcome, settled }: Settled): void {
    if (owner.slot < 0) return; // forgotten meanwhile
    this.#change(owner, () => {
      if (!settled || !isFinal(settled)) return owner.replies.delete(id, outcome);
      owner.replies.replace(id, outcome, { value: settled, bytes: bytesOf(id, settled) });
    });
  }

  /** Changes what an owner has, and holds both bounds. */
  #change(owner: Owner, change: () => void): void {
    const before = owner.replies.bytes;
    change();
    while (owner.replies.bytes > this.#limits.replyCacheBytesPerUser) owner.replies.dropOldest();
    this.#bytes += owner.replies.bytes - before;
    while (this.#bytes > this.#limits.replyCacheBytes) this.#shrink(owner, before);
  }

  /** Forgets the oldest reply of this owner, where it had more than an equal share; else all of the owner that is due first. */
  #shrink(owner: Owner, had: number): void {
    const { first } = this.#owners;
    const isAbove = had * this.#owners.size > this.#limits.replyCacheBytes;
    if ((!isAbove || owner.slot < 0) && first) return this.#drop(first);
    const before = owner.replies.bytes;
    owner.replies.dropOldest();
    this.#bytes += owner.replies.bytes - before;
  }

  #begin({ user, connectionId }: RealtimeSession, home: string): Owner {
    const [table, key] = user ? [this.#users, user.userId] : [this.#visitors, connectionId];
    const due = this.#clock.monotonic() + this.#limits.replyCacheMs;
    const owner: Owner = { key, home, table, replies: new ExpiringMap(), due, slot: -1 };
    table.set(key, owner);
    this.#owners.add(owner);
    return owner;
  }

  #drop(owner: Owner): void {
    this.#owners.remove(owner);
    owner.table.delete(owner.key);
    this.#bytes -= owner.replies.bytes;
  }

  #forgetOld(now: number): void {
    for (let visits = 0; visits < VISITS; visits += 1) {
      const { first } = this.#owners;
      if (!first || first.due > now) return;
      this.#owners.remove(first);
      const before = first.replies.bytes;
      first.replies.trim(now);
      this.#bytes += first.replies.bytes - before;
      first.due = now + this.#limits.replyCacheMs;
      if (first.replies.size > 0) this.#owners.add(first);
      else first.table.delete(first.key);
    }
  }
}

/** A client may send one id on several channels. An id with a line break in it could be another's key, so it is never one by itself. */
function keyOf({ home }: Owner, messageId: string, channel: string): string {
  return channel === home && !messageId.includes("\n") ? messageId : `${messageId}\n${channel}`;
}

interface Settled {
  readonly outcome: Promise<Outcome>;
  readonly settled?: Outcome;
}

/** A repeat would come to the same: a reply, or a refusal with the retry "never". */
export function isFinal(outcome: Outcome): boolean {
  if (outcome.ok) return true;
  return outcome.error instanceof RealtimeError && ERROR_CODES[outcome.error.code].retry === "never";
}

function bytesOf(id: string, outcome: Promise<Outcome> | Outcome): number {
  const bytes = ENTRY_BYTES + weightOf(id);
  if (isThenable(outcome)) return bytes;
  return bytes + (outcome.ok ? weightOf(outcome.result) : ERROR_BYTES);
}
