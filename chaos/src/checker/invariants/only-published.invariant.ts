import type { Violation, MessageRun } from "../message-run";
import { violationOf, channelRecords } from "./channel-record";

/** Nothing is received that no entitled sender has sent. */
export function onlyPublishedInvariant(run: MessageRun): readonly Violation[] {
  return channelRecords(run).flatMap((record) => {
    const published = run.publishLog.published(record.promise.channel);
    return record.messages
      .filter(({ by, n }) => n >= (published.get(by) ?? 0))
      .map((at) => violationOf("only what was published", record, { what: `${at.by}#${at.n} was never sent`, at }));
  });
}
