import type { Breach, Evidence } from "../evidence";
import { breachOf, testimonies } from "./testimony";

/** Nothing is heard that nobody entitled has said. */
export function onlySaidLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) => {
    const said = evidence.chronicle.said(testimony.promise.channel);
    return testimony.messages
      .filter(({ by, n }) => n >= (said.get(by) ?? 0))
      .map((at) => breachOf("only what was said", testimony, { what: `${at.by}#${at.n} was never said`, at }));
  });
}
