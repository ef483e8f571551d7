import type { Breach, Evidence } from "../evidence";
import { breachOf, judgedTogether, testimonies } from "./testimony";

/** No application sees a message twice. */
export function onceLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) =>
    judgedTogether(testimony).flatMap((messages) => {
      const seen = new Set<string>();
      return messages.flatMap((message) => {
        const name = `${message.by}#${message.n}`;
        if (seen.has(name)) return [breachOf("once", testimony, { what: `${name} was seen twice`, at: message })];
        seen.add(name);
        return [];
      });
    }),
  );
}
