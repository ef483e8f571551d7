import type { Violation, MessageRun } from "../message-run";
import { violationOf, channelRecords } from "./channel-record";

/** Within one process, a connection that holds carries every number: the client's repair is for brokers that lose. */
export function noHoleInvariant(run: MessageRun): readonly Violation[] {
  return channelRecords(run).flatMap((record) =>
    record.entries
      .filter(({ kind }) => kind === "hole")
      .map((at) => violationOf("no hole", record, { what: "the numbers jumped on a connection that held", at })),
  );
}
