import type { EntryOf } from "../event-log";
import type { Violation, MessageRun } from "../message-run";
import { violationOf, channelRecords } from "./channel-record";

const MAX_RECOVERED = 300; // PROTOCOL.md: a longer gap is not replayed

/** `recovered: false` is sent only where the history has lost the gap; else it would hide every loss. */
export function noNeedlessGapInvariant(run: MessageRun): readonly Violation[] {
  return channelRecords(run).flatMap((record) =>
    record.entries.flatMap((entry) => {
      if (entry.kind !== "attached" || entry.recovered !== false) return [];
      const missed = missedBy(entry);
      if (missed > Math.min(record.promise.kept, MAX_RECOVERED)) return [];
      return [violationOf("no needless gap", record, { what: `${missed} messages were given up`, at: entry })];
    }),
  );
}

/** That the history forgot does not count here: in one process that keeps running, it has no reason to. */
function missedBy({ since, position }: EntryOf<"attached">): number {
  return (position?.offset ?? 0) - (since?.offset ?? 0);
}
