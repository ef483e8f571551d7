import type { Violation, MessageRun } from "../message-run";
import { violationOf, isJustifiedGap, channelRecords } from "./channel-record";

/** A client that was not disconnected has no reason to subscribe again: a node itself repairs what is lost between nodes. */
export function noResubscribeInvariant(run: MessageRun): readonly Violation[] {
  const entitled = channelRecords(run).filter(({ right }) => right === "all");
  return entitled.flatMap((record) =>
    record.entries
      .filter((entry) => entry.kind === "resubscribed" && !isJustifiedGap(record, entry))
      .map((at) =>
        violationOf("no needless resubscribe", record, { what: "it subscribed again on a connection that held", at }),
      ),
  );
}
