import type { Violation, MessageRun } from "../message-run";
import { violationOf, checkedTogether, channelRecords } from "./channel-record";

/** No application receives a message twice. */
export function onceInvariant(run: MessageRun): readonly Violation[] {
  return channelRecords(run).flatMap((record) =>
    checkedTogether(record).flatMap((messages) => {
      const seen = new Set<string>();
      return messages.flatMap((message) => {
        const name = `${message.by}#${message.n}`;
        if (seen.has(name)) return [violationOf("once", record, { what: `${name} was received twice`, at: message })];
        seen.add(name);
        return [];
      });
    }),
  );
}
