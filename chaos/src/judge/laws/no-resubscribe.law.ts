import type { Breach, Evidence } from "../evidence";
import { breachOf, isHonestGap, testimonies } from "./testimony";

/** A client that was not cut has no reason to subscribe again: what is lost between nodes, a node repairs by itself. */
export function noResubscribeLaw(evidence: Evidence): readonly Breach[] {
  const entitled = testimonies(evidence).filter(({ right }) => right === "all");
  return entitled.flatMap((testimony) =>
    testimony.entries
      .filter((entry) => entry.kind === "resubscribed" && !isHonestGap(testimony, entry))
      .map((at) =>
        breachOf("no needless resubscribe", testimony, { what: "it subscribed again on a connection that held", at }),
      ),
  );
}
