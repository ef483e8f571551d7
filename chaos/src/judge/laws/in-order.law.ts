import type { Breach, Evidence } from "../evidence";
import type { EntryOf } from "../diary";
import { breachOf, judgedTogether, testimonies, type Testimony } from "./testimony";

/** The messages of each publisher arrive in order, and all clients agree on each message's position. */
export function inOrderLaw(evidence: Evidence): readonly Breach[] {
  const places = new Map<string, string>();
  return testimonies(evidence).flatMap((testimony) => [
    ...judgedTogether(testimony).flatMap((messages) => ofPublishers(messages, testimony, evidence)),
    ...testimony.messages.flatMap((message) => misplaced(message, testimony, places)),
  ]);
}

function ofPublishers(
  messages: Testimony["messages"],
  testimony: Testimony,
  { chronicle }: Evidence,
): readonly Breach[] {
  const latest = new Map<string, number>();
  return messages.flatMap((message) => {
    const { by, n } = message;
    const before = latest.get(by) ?? -1;
    latest.set(by, Math.max(before, n));
    if (n >= before || chronicle.isUnordered(message.channel, message)) return []; // the same again is another law's
    return [breachOf("in order", testimony, { what: `${by}#${n} came after ${by}#${before}`, at: message })];
  });
}

function misplaced(message: EntryOf<"message">, testimony: Testimony, places: Map<string, string>): readonly Breach[] {
  const { by, n, position, channel } = message;
  if (!position) return [];
  const place = `${channel} ${position.epoch} ${position.offset}`;
  const name = `${by}#${n}`;
  const other = places.get(place) ?? name;
  places.set(place, other);
  if (other === name) return [];
  return [breachOf("in order", testimony, { what: `${name} stands where others saw ${other}`, at: message })];
}
