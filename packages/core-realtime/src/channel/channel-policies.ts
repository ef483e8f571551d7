/** How much of a channel's past is kept, for recovery: at most `size` messages, none older than `ttlMs`. */
export interface HistoryPolicy {
  readonly size: number;
  readonly ttlMs: number;
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
