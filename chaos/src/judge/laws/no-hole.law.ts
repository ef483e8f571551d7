import type { Breach, Evidence } from "../evidence";
import { breachOf, testimonies } from "./testimony";

/** Within one process, a connection that holds carries every number: the client's repair is for brokers that lose. */
export function noHoleLaw(evidence: Evidence): readonly Breach[] {
  return testimonies(evidence).flatMap((testimony) =>
    testimony.entries
      .filter(({ kind }) => kind === "hole")
      .map((at) => breachOf("no hole", testimony, { what: "the numbers jumped on a connection that held", at })),
  );
}
