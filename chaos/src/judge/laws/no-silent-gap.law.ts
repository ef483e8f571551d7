import type { Mark } from "../chronicle";
import type { DiaryEntry } from "../diary";
import type { Breach, Evidence } from "../evidence";
import { breachOf, testimonies, type Finding } from "./testimony";

/**
 * On a channel with history, whoever may receive all receives all; what it misses was reported by `recovered: false`.
 * Everybody was subscribed before the first message, and had time to receive the last.
 */
export function noSilentGapLaw({ chronicle, ...evidence }: Evidence): readonly Breach[] {
  const entitled = testimonies({ chronicle, ...evidence }).filter(
    ({ promise, right }) => promise.kept > 0 && right === "all",
  );
  return entitled.flatMap((testimony) => {
    const { channel } = testimony.promise;
    const isUncertain = (by: string, n: number) => chronicle.isUncertain(channel, { by, n });
    const isUnordered = (by: string, n: number) => chronicle.isUnordered(channel, { by, n });
    const whole = { published: chronicle.published(channel), end: chronicle.end(channel), isUncertain, isUnordered };
    return gapsIn(testimony.entries, whole).map((found) => breachOf("no silent gap", testimony, found));
  });
}

interface Whole {
  readonly published: Mark;
  readonly end: number;
  /** It was refused, and need not come. */
  readonly isUncertain: (by: string, n: number) => boolean;
  /** It may come after later ones, but come it must. */
  readonly isUnordered: (by: string, n: number) => boolean;
}

function gapsIn(
  entries: readonly DiaryEntry[],
  { published, end, isUncertain, isUnordered }: Whole,
): readonly Finding[] {
  const gaps: Finding[] = [];
  const miss = (what: string, at?: DiaryEntry) => gaps.push({ what: `${what} never arrived, without a gap`, at });
  const owed = new Set<string>(); // to come later
  const certain = (by: string, from: number, before: number) => {
    let n = from;
    for (; n < before && (isUncertain(by, n) || isUnordered(by, n)); n += 1)
      if (!isUncertain(by, n)) owed.add(`${by}#${n}`);
    return n;
  };
  let next = new Map([...published.keys()].map((by) => [by, 0]));
  let offset: number | undefined; // of the last message, or of the last gap that was reported
  for (const at of entries) {
    if (at.kind === "attached" && at.recovered === false) {
      next = new Map(); // each speaker may go on anywhere
      owed.clear();
    }
    if (at.kind === "attached" && (at.recovered === false || offset === undefined)) offset = at.position?.offset;
    if (at.kind !== "message") continue;
    const { by, n, position } = at;
    owed.delete(`${by}#${n}`);
    const wanted = certain(by, next.get(by) ?? n, n);
    const wantedOffset = (offset ?? 0) + 1;
    if (n > wanted) miss(`${by}#${wanted} … #${n - 1}`, at);
    else if (position && position.offset > wantedOffset) miss(`@${wantedOffset} … @${position.offset - 1}`, at);
    next.set(by, Math.max(n + 1, wanted));
    offset = position?.offset;
  }
  for (const [by, expected] of next) {
    const wanted = certain(by, expected, published.get(by) ?? 0);
    const last = (published.get(by) ?? 0) - 1;
    if (last >= wanted) miss(`the end, ${by}#${wanted} … #${last},`);
  }
  for (const name of owed) miss(name);
  if ((offset ?? 0) < end) miss(`the end, @${(offset ?? 0) + 1} … @${end},`);
  return gaps;
}
