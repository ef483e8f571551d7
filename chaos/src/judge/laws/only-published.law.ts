import type { Breach, Evidence } from "../evidence";
import { breachOf, testimonies } from "./testimony";

/** Nothing is received that nobody entitled has sent. */
export function onlyPublishedLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) => {
    const published = evidence.chronicle.published(testimony.promise.channel);
    return testimony.messages
      .filter(({ by, n }) => n >= (published.get(by) ?? 0))
      .map((at) => breachOf("only what was published", testimony, { what: `${at.by}#${at.n} was never sent`, at }));
  });
}
