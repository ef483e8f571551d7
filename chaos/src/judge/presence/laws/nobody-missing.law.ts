import type { Breach } from "../../evidence";
import type { PresenceEvidence } from "../presence-evidence";
import { differences } from "./settled-picture";
import { entitled, testify } from "./testify";

/** In the end everybody who is there is shown to everybody who may see them. */
export function nobodyMissingLaw(evidence: PresenceEvidence): readonly Breach[] {
  return entitled(evidence).flatMap((watcher) => {
    const breach = testify("nobody missing", evidence, watcher);
    return differences(watcher, evidence).missing.map((label) => breach(`${label} is there, and was not shown`));
  });
}
