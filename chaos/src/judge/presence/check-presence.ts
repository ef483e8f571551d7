import type { Breach } from "../evidence";
import { inTurnLaw } from "./laws/in-turn.law";
import { noGhostLaw } from "./laws/no-ghost.law";
import { nobodyMissingLaw } from "./laws/nobody-missing.law";
import { differences } from "./laws/settled-picture";
import { sightLaw } from "./laws/sight.law";
import { entitled } from "./laws/testify";
import type { PresenceEvidence } from "./presence-evidence";

const LAWS = [noGhostLaw, nobodyMissingLaw, inTurnLaw, sightLaw];

/** Every breach of the laws of presence, from who was there and who was shown alone. */
export function checkPresence(evidence: PresenceEvidence): readonly Breach[] {
  return LAWS.flatMap((law) => law(evidence));
}

/** Does everybody who may see everybody now see exactly who is there? */
export function isPictureTrue(evidence: PresenceEvidence): boolean {
  return entitled(evidence).every((watcher) => {
    const { ghosts, missing } = differences(watcher, evidence);
    return ghosts.length === 0 && missing.length === 0;
  });
}
