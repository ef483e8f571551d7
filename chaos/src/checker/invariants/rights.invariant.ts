import type { LoggedEvent, EntryOf } from "../event-log";
import type { Violation, MessageRun, Right } from "../message-run";
import { violationOf, isJustifiedGap, channelRecords } from "./channel-record";

/** No client receives what it may not, no client is refused what it may receive, and nothing arrives on a channel without a subscription. */
export function rightsInvariant(run: MessageRun): readonly Violation[] {
  return channelRecords(run).flatMap((record) => {
    const { nodes, right, entries } = record;
    const received = entries.filter((entry) => isForeign(entry, right));
    const wrong = received.map((at) => violationOf("rights", record, { what: `${at.by}#${at.n} was not for it`, at }));
    const refusals = entries
      .filter((entry) => entry.kind === "refused")
      .filter(({ code }) => nodes === 1 || code !== "ISOLATED") // a node that is cut off refuses all clients for now
      .filter(({ code, at }) => !run.outages.excuses(code, at))
      .filter((entry) => !isJustifiedGap(record, entry));
    if (right === "all") return [...wrong, ...refusals.map((at) => violationOf("rights", record, wrongly(at)))];
    if (refusals.length > 0) return wrong;
    return [...wrong, violationOf("rights", record, { what: "it was never refused, so the run shows nothing" })];
  });
}

function wrongly(at: EntryOf<"refused">) {
  return { what: `it may receive all, and was refused with ${at.code}`, at };
}

function isForeign(entry: LoggedEvent, right: Right): entry is EntryOf<"message"> | EntryOf<"stray"> {
  if (entry.kind === "stray") return true;
  if (entry.kind !== "message" || right === "all") return false;
  return right === "nothing" || entry.n >= (right.until.get(entry.by) ?? 0);
}
