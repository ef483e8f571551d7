import { randomUUID } from "node:crypto";
import type { Clock } from "../../seams/clock.js";
import type { ClaimOutcome, IReplyStore, MessageKey } from "../../seams/reply-store.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { DeadlineQueue } from "../gates/deadline-queue.js";
import { inTime } from "../gates/deadline.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";
import { isFinal, type Outcome } from "./reply-cache.js";
import { outcomeOf, replyText } from "./reply-text.js";

export interface SharedRepliesDeps {
  readonly store: IReplyStore;
  readonly observer: Observers;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: Pick<RealtimeLimits, "handlerMs" | "replyCacheMs">;
}

const SETTLE_MS = 5_000; // what a claim is longer than a handler may take
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** Runs a message on one node of all, and gives the others its reply. */
export class SharedReplies {
  readonly #deps: SharedRepliesDeps;

  constructor(deps: SharedRepliesDeps) {
    this.#deps = deps;
  }

  /**
   * The outcome of the first run, here or on another node; one with the retry "later" is not kept. Never rejects: where the store fails, the
   * message does not run, and its refusal has the retry "later".
   */
  async once(key: MessageKey, run: () => Promise<Outcome> | Outcome): Promise<Outcome> {
    const claimId = randomUUID();
    const claiming = this.#claim(key, claimId);
    try {
      const claim = await inTime(this.#deps, () => claiming);
      if (claim.kind === "done") return outcomeOf(claim.reply);
    } catch (cause) {
      void claiming.then(
        () => this.#release(key, claimId), // it came after the deadline
        () => undefined, // it is the cause
      );
      return { ok: false, error: this.#refusal(cause, key) };
    }
    const outcome = await run();
    await this.#keep(key, claimId, outcome);
    return outcome;
  }

  /** Waits while another node runs the message; a claim of a node that was killed expires meanwhile, or before the client's next try. */
  async #claim(key: MessageKey, id: string): Promise<Exclude<ClaimOutcome, { readonly kind: "running" }>> {
    const { store, clock, limits } = this.#deps;
    const until = clock.monotonic() + limits.handlerMs;
    for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const claim = await store.claim(key, { id, ms: limits.handlerMs + SETTLE_MS });
      if (claim.kind !== "running") return claim;
      if (clock.monotonic() + pauseMs > until)
        throw new RealtimeError("HANDLER_TIMEOUT", { detail: "it is running on another node", retryAfterMs: 1_000 });
      await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
    }
  }

  /** The client has its reply even where it could not be kept: to withhold it would make sure that the message runs again. */
  async #keep(key: MessageKey, claimId: string, outcome: Outcome): Promise<void> {
    if (!isFinal(outcome)) return this.#release(key, claimId);
    const { store, limits } = this.#deps;
    try {
      const kept = { reply: replyText(outcome), keepMs: limits.replyCacheMs };
      await inTime(this.#deps, () => store.settle(key, claimId, kept));
    } catch (cause) {
      this.#report(cause, key);
    }
  }

  async #release(key: MessageKey, claimId: string): Promise<void> {
    try {
      await inTime(this.#deps, () => this.#deps.store.release(key, claimId));
    } catch (cause) {
      this.#report(cause, key); // it expires
    }
  }

  #refusal(cause: unknown, key: MessageKey): RealtimeError {
    if (cause instanceof RealtimeError) return cause;
    this.#report(cause, key);
    return new RealtimeError("HANDLER_FAILED", { cause });
  }

  #report(cause: unknown, { channel }: MessageKey): void {
    this.#deps.observer.observe({ kind: "failed", where: "replies", cause, channel });
  }
}
