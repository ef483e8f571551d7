import type { DiaryEntry, EntryOf } from "../diary";
import type { Breach, Evidence, Right } from "../evidence";
import { breachOf, isHonestGap, testimonies } from "./testimony";

/** Nothing reaches who may not receive it, nobody is refused who may, and nothing comes on a channel to which one is not subscribed. */
export function rightsLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) => {
    const { nodes, right, entries } = testimony;
    const received = entries.filter((entry) => isForeign(entry, right));
    const wrong = received.map((at) => breachOf("rights", testimony, { what: `${at.by}#${at.n} was not for it`, at }));
    const refusals = entries
      .filter((entry) => entry.kind === "refused")
      .filter(({ code }) => nodes === 1 || code !== "ISOLATED") // a node that is cut off refuses everybody for now
      .filter(({ code, at }) => !evidence.outages.excuses(code, at))
      .filter((entry) => !isHonestGap(testimony, entry));
    if (right === "all") return [...wrong, ...refusals.map((at) => breachOf("rights", testimony, wrongly(at)))];
    if (refusals.length > 0) return wrong;
    return [...wrong, breachOf("rights", testimony, { what: "it was never refused, so nothing is proven" })];
  });
}

function wrongly(at: EntryOf<"refused">) {
  return { what: `it may receive all, and was refused with ${at.code}`, at };
}

function isForeign(entry: DiaryEntry, right: Right): entry is EntryOf<"message"> | EntryOf<"stray"> {
  if (entry.kind === "stray") return true;
  if (entry.kind !== "message" || right === "all") return false;
  return right === "nothing" || entry.n >= (right.until.get(entry.by) ?? 0);
}
