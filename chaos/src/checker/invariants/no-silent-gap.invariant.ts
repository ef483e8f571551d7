import type { Mark } from "../publish-log";
import type { LoggedEvent } from "../event-log";
import type { Violation, MessageRun } from "../message-run";
import { violationOf, channelRecords, type Finding } from "./channel-record";

/**
 * On a channel with history, a client that may receive all receives all; what it misses was reported by `recovered: false`.
 * Every client was subscribed before the first message, and had time to receive the last.
 */
export function noSilentGapInvariant({ publishLog, ...run }: MessageRun): readonly Violation[] {
  const entitled = channelRecords({ publishLog, ...run }).filter(
    ({ promise, right }) => promise.kept > 0 && right === "all",
  );
  return entitled.flatMap((record) => {
    const { channel } = record.promise;
    const isUncertain = (by: string, n: number) => publishLog.isUncertain(channel, { by, n });
    const isUnordered = (by: string, n: number) => publishLog.isUnordered(channel, { by, n });
    const whole = { published: publishLog.published(channel), end: publishLog.end(channel), isUncertain, isUnordered };
    return gapsIn(record.entries, whole).map((found) => violationOf("no silent gap", record, found));
  });
}

interface Whole {
  readonly published: Mark;
  readonly end: number;
  /** It was refused, and may be missing. */
  readonly isUncertain: (by: string, n: number) => boolean;
  /** It may arrive after later ones, but must arrive. */
  readonly isUnordered: (by: string, n: number) => boolean;
}

function gapsIn(
  entries: readonly LoggedEvent[],
  { published, end, isUncertain, isUnordered }: Whole,
): readonly Finding[] {
  const gaps: Finding[] = [];
  const miss = (what: string, at?: LoggedEvent) => gaps.push({ what: `${what} never arrived, without a gap`, at });
  const owed = new Set<string>(); // still to arrive
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
      next = new Map(); // each publisher may continue at any number
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
