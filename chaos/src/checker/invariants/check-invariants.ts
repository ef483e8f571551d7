import type { Violation, MessageRun } from "../message-run";
import { repliedInvariant } from "./replied.invariant";
import { inOrderInvariant } from "./in-order.invariant";
import { noHoleInvariant } from "./no-hole.invariant";
import { noNeedlessGapInvariant } from "./no-needless-gap.invariant";
import { noResubscribeInvariant } from "./no-resubscribe.invariant";
import { noSilentGapInvariant } from "./no-silent-gap.invariant";
import { onceInvariant } from "./once.invariant";
import { onlyPublishedInvariant } from "./only-published.invariant";
import { rightsInvariant } from "./rights.invariant";

const INVARIANTS = [
  onceInvariant,
  inOrderInvariant,
  noSilentGapInvariant,
  noNeedlessGapInvariant,
  noHoleInvariant,
  noResubscribeInvariant,
  rightsInvariant,
  onlyPublishedInvariant,
  repliedInvariant,
];

/** Every violation of every invariant, from the published and the received messages alone. */
export function checkInvariants(run: MessageRun): readonly Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(run));
}
