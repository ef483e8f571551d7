import type { Clock } from "../../seams/clock.js";
import type { RealtimeSession } from "./realtime-session.js";

/** The outcome of a handler: its reply as JSON text, or its refusal. */
export type Outcome =
  { readonly ok: true; readonly result: string | undefined } | { readonly ok: false; readonly error: unknown };

interface Remembered {
  readonly until: number;
  readonly outcome: Promise<Outcome> | Outcome;
}

const MAX_PER_OWNER = 4096; // 20 messages a second for two minutes, and some; a flood only forgets its own

/** Remembers the first outcome of each client message, so that a repeat is answered and not run again. */
export class ReplyCache {
  readonly #owners = new Map<string, Map<string, Remembered>>();
  readonly #clock: Clock;
  readonly #ttlMs: number;

  constructor(clock: Clock, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
  }

  /** The first outcome under this id; runs only where there is none yet. Of the same user, over any connection. */
  once(key: ReplyKey, run: () => Promise<Outcome> | Outcome): Promise<Outcome> | Outcome {
    if (key.messageId === undefined) return run();
    const now = this.#clock.monotonic();
    this.#forgetOld(now);
    const replies = this.#owners.get(ownerOf(key.session)) ?? new Map<string, Remembered>();
    const id = `${key.messageId}\n${key.channel}`;
    const known = replies.get(id);
    if (known && known.until > now) return known.outcome;
    const outcome = run();
    replies.delete(id);
    replies.set(id, { until: now + this.#ttlMs, outcome });
    if (replies.size > MAX_PER_OWNER) replies.delete(first(replies));
    this.#owners.delete(ownerOf(key.session)); // moved to the end: owners stay ordered by their latest message
    this.#owners.set(ownerOf(key.session), replies);
    return outcome;
  }

  /** An anonymous visitor has gone, and nobody can ever ask for these replies again. */
  forget(connectionId: string): void {
    this.#owners.delete(`c:${connectionId}`);
  }

  #forgetOld(now: number): void {
    for (const [owner, replies] of this.#owners) {
      for (const [id, { until }] of replies) {
        if (until > now) break; // in order of time: the rest is younger
        replies.delete(id);
      }
      if (replies.size > 0) break;
      this.#owners.delete(owner);
    }
  }
}

/** Whose message it was. An anonymous visitor is known by the connection alone. */
export interface ReplyKey {
  readonly session: RealtimeSession;
  readonly channel: string;
  readonly messageId: string | undefined;
}

function ownerOf({ user, connectionId }: RealtimeSession): string {
  return user ? `u:${user.userId}` : `c:${connectionId}`;
}

function first(replies: ReadonlyMap<string, unknown>): string {
  for (const id of replies.keys()) return id;
  return "";
}
