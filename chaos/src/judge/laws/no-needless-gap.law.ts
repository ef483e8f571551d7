import type { EntryOf } from "../diary";
import type { Breach, Evidence } from "../evidence";
import { breachOf, testimonies } from "./testimony";

const MAX_RECOVERED = 300; // PROTOCOL.md: a longer gap is not replayed

/** `recovered: false` comes only where the history has lost the gap; else it would excuse everything. */
export function noNeedlessGapLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) =>
    testimony.entries.flatMap((entry) => {
      if (entry.kind !== "attached" || entry.recovered !== false) return [];
      const missed = missedBy(entry);
      if (missed > Math.min(testimony.promise.kept, MAX_RECOVERED)) return [];
      return [breachOf("no needless gap", testimony, { what: `${missed} messages were given up`, at: entry })];
    }),
  );
}

/** A history that forgot is no excuse here: in one process that lives on, it has no reason to. */
function missedBy({ since, position }: EntryOf<"attached">): number {
  return (position?.offset ?? 0) - (since?.offset ?? 0);
}
