// In the order of their char codes, so that plain string comparison, here and in a database's "C" collation, is the order of ranks.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LAST = DIGITS.length - 1;

/** A client may send no longer rank. The server keeps half of that free, so that what is made next to a card fits. */
export const MAX_WISHED_RANK = 64;

/**
 * A rank between two others, so that moving a card changes one row. `null` stands for an end of the column.
 * Where only a longer rank than a client may send would do, it is one nearby, and the server makes room.
 * Where two cards share a rank (both were just dropped there, and the server has not parted them yet), it is just after the first.
 * @example rankBetween(null, null) // "V", and rankBetween("V", null) is "W", and rankBetween("V", "W") is "V1"
 */
export function rankBetween(before: string | null, after: string | null): string {
  if (before === null && after === null) return DIGITS.charAt(DIGITS.length / 2);
  const isShared = before !== null && after !== null && before >= after;
  const rank = midpoint(before ?? "", isShared ? `${before}1` : after);
  return rank.length > MAX_WISHED_RANK ? `${rank.slice(0, MAX_WISHED_RANK - 1)}1` : rank;
}

/** No rank ends in "0": nothing would fit before it. */
function midpoint(low: string, high: string | null): string {
  if (high === null) return increment(low);
  const shared = sharedLength(low, high);
  if (shared > 0) return high.slice(0, shared) + midpoint(low.slice(shared), high.slice(shared));
  const [from, to] = [digitAt(low), digitAt(high)];
  if (low === "" && to > 1) return DIGITS.charAt(to - 1); // cards are put on top one after the other: a step, not half the way
  if (to - from > 1) return DIGITS.charAt((from + to) >> 1);
  if (high.length > 1) return high.charAt(0);
  return DIGITS.charAt(from) + (low === "" ? DIGITS.charAt(LAST) : increment(low.slice(1)));
}

/** The next digit, or one more: cards are added below one after the other. */
function increment(low: string): string {
  const digit = digitAt(low);
  if (low === "") return DIGITS.charAt(1);
  return digit < LAST ? DIGITS.charAt(digit + 1) : DIGITS.charAt(LAST) + increment(low.slice(1));
}

function sharedLength(low: string, high: string): number {
  let length = 0;
  while (length < high.length && (low.charAt(length) || "0") === high.charAt(length)) length += 1;
  return length;
}

function digitAt(rank: string): number {
  return rank === "" ? 0 : DIGITS.indexOf(rank.charAt(0));
}
