/** How much of a channel's past is kept, for recovery: at most `size` messages, none older than `ttlMs`. */
export interface HistoryPolicy {
  /** How many messages are kept, at most. */
  readonly size: number;
  /** How long a message is kept, in ms. */
  readonly ttlMs: number;
  /** Joins a message to the state so far: a new subscriber then receives one folded message. Pure. */
  readonly fold?: ((previous: unknown, next: unknown) => unknown) | undefined;
}

/** As an author writes it. */
export interface HistoryOption<Payload> {
  /** Messages kept. */
  readonly size: number;
  /** Milliseconds that each is kept. */
  readonly ttlMs: number;
  /**
   * Joins a message to the state so far. A new subscriber receives the folded state as one message with the position of the newest.
   * Pure; both are payloads as subscribers receive them. Where it throws, observers receive `failed`, and a new subscriber
   * receives the state as it was before, and behind it each message since (at most 300; then the state begins anew).
   * @example fold: (previous, next) => ({ text: previous.text + next.text })
   */
  readonly fold?: (previous: Payload, next: Payload) => Payload;
}

/** How often a channel may be broadcast on, over all senders of this node; gate 4 holds it. */
export interface RatePolicy {
  /** How many broadcasts a second may be made. */
  readonly perSecond: number;
  /** Messages at once; default: twice `perSecond`. */
  readonly burst?: number | undefined;
  /** `"refuse"`: RATE_LIMITED for the sender. `"conflate"`: the newest waits and replaces the one that waits. */
  readonly over: "refuse" | "conflate";
}

/**
 * What happens to a subscriber that reads too slowly.
 * `"close"`: the connection is closed with 41xx and the client recovers; nothing is skipped in silence.
 * `"drop"`: this channel's messages are skipped while the reader lags; for cursors and the like.
 * `"conflate"`: only the latest message per `key` waits; without a key, the latest of the channel.
 */
export type OverflowPolicy =
  | { readonly kind: "close" }
  | { readonly kind: "drop" }
  | { readonly kind: "conflate"; readonly keyOf: (payload: unknown) => string };

/** As an author writes it; `key` reads the conflation key from the payload. */
export type OverflowOption<Payload> =
  "close" | "drop" | "conflate" | { readonly conflate: (payload: Payload) => string };

export const CLOSE_ON_OVERFLOW: OverflowPolicy = { kind: "close" };

/** Turns an author's option into a policy. */
export function overflowPolicy<Payload>(option: OverflowOption<Payload> | undefined): OverflowPolicy {
  if (option === undefined || option === "close") return CLOSE_ON_OVERFLOW;
  if (option === "drop") return { kind: "drop" };
  if (option === "conflate") return { kind: "conflate", keyOf: () => "" };
  return { kind: "conflate", keyOf: option.conflate as (payload: unknown) => string };
}

/** Refuses an invalid rate. */
export function checkRatePolicy(name: string, rate: RatePolicy | undefined): void {
  if (rate === undefined) return;
  for (const [field, value] of [
    ["perSecond", rate.perSecond],
    ["burst", rate.burst ?? 1],
  ] as const)
    if (!(Number.isFinite(value) && value > 0) || (field === "burst" && value < 1))
      throw new TypeError(`Channel "${name}": rate.${field} must be a number above 0, got ${String(value)}.`);
  if (rate.over !== "refuse" && rate.over !== "conflate")
    throw new TypeError(`Channel "${name}": rate.over must be "refuse" or "conflate".`);
}

/** Refuses numbers that make no history. */
export function checkHistoryPolicy(name: string, history: HistoryPolicy | undefined): void {
  if (history === undefined) return;
  for (const [field, value] of [
    ["size", history.size],
    ["ttlMs", history.ttlMs],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(
        `Channel "${name}": history.${field} must be a whole number of at least 1, got ${String(value)}.`,
      );
}
