import type { Violation, MessageRun } from "../message-run";
import type { EntryOf } from "../event-log";
import { violationOf, checkedTogether, channelRecords, type ChannelRecord } from "./channel-record";

/** The messages of each publisher arrive in order, and all clients agree on each message's position. */
export function inOrderInvariant(run: MessageRun): readonly Violation[] {
  const places = new Map<string, string>();
  return channelRecords(run).flatMap((record) => [
    ...checkedTogether(record).flatMap((messages) => ofPublishers(messages, record, run)),
    ...record.messages.flatMap((message) => misplaced(message, record, places)),
  ]);
}

function ofPublishers(
  messages: ChannelRecord["messages"],
  record: ChannelRecord,
  { publishLog }: MessageRun,
): readonly Violation[] {
  const latest = new Map<string, number>();
  return messages.flatMap((message) => {
    const { by, n } = message;
    const before = latest.get(by) ?? -1;
    latest.set(by, Math.max(before, n));
    if (n >= before || publishLog.isUnordered(message.channel, message)) return []; // a repeat is checked by another invariant
    return [violationOf("in order", record, { what: `${by}#${n} came after ${by}#${before}`, at: message })];
  });
}

function misplaced(
  message: EntryOf<"message">,
  record: ChannelRecord,
  places: Map<string, string>,
): readonly Violation[] {
  const { by, n, position, channel } = message;
  if (!position) return [];
  const place = `${channel} ${position.epoch} ${position.offset}`;
  const name = `${by}#${n}`;
  const other = places.get(place) ?? name;
  places.set(place, other);
  if (other === name) return [];
  return [violationOf("in order", record, { what: `${name} stands where others received ${other}`, at: message })];
}
