import type { Clock } from "../../seams/clock.js";
import type { ClaimOutcome, IReplyStore, KeptReply, MessageClaim, MessageKey } from "../../seams/reply-store.seam.js";
import { ExpiringMap } from "../expiring-map.js";
import { weightOf } from "../history/weight-of.js";
import { systemClock } from "../system-clock.js";

const MAX_BYTES = 128 * 1024 * 1024; // what a node without a store remembers, too

/** Replies for the nodes of one process, which share it. */
export class InMemoryReplyStore implements IReplyStore {
  readonly #claims = new ExpiringMap<string, string>();
  readonly #replies = new ExpiringMap<string, string>();
  readonly #clock: Pick<Clock, "monotonic">;

  constructor(clock: Pick<Clock, "monotonic"> = systemClock) {
    this.#clock = clock;
  }

  /** Claims a message, or returns the reply that it has already. */
  claim(key: MessageKey, { id, ms }: MessageClaim): ClaimOutcome {
    const [name, now] = [nameOf(key), this.#clock.monotonic()];
    this.#claims.trim(now);
    this.#replies.trim(now);
    const reply = this.#replies.get(name, now);
    if (reply !== undefined) return { kind: "done", reply };
    if (this.#claims.get(name, now) !== undefined) return { kind: "running" };
    this.#claims.set(name, id, { until: now + ms, bytes: 0 });
    return { kind: "new" };
  }

  settle(key: MessageKey, claimId: string, { reply, keepMs }: KeptReply): void {
    const [name, now] = [nameOf(key), this.#clock.monotonic()];
    if (this.#claims.get(name, now) !== claimId) return;
    this.#claims.delete(name);
    this.#replies.set(name, reply, { until: now + keepMs, bytes: weightOf(name) + weightOf(reply) });
    while (this.#replies.bytes > MAX_BYTES) this.#replies.dropOldest();
  }

  release(key: MessageKey, claimId: string): void {
    this.#claims.delete(nameOf(key), claimId);
  }

  close(): void {
    // nothing runs here
  }
}

function nameOf({ userId, channel, messageId }: MessageKey): string {
  return JSON.stringify([userId, channel, messageId]);
}
