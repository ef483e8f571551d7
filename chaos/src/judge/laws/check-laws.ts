import type { Breach, Evidence } from "../evidence";
import { repliedLaw } from "./replied.law";
import { inOrderLaw } from "./in-order.law";
import { noHoleLaw } from "./no-hole.law";
import { noNeedlessGapLaw } from "./no-needless-gap.law";
import { noResubscribeLaw } from "./no-resubscribe.law";
import { noSilentGapLaw } from "./no-silent-gap.law";
import { onceLaw } from "./once.law";
import { onlyPublishedLaw } from "./only-published.law";
import { rightsLaw } from "./rights.law";

const LAWS = [
  onceLaw,
  inOrderLaw,
  noSilentGapLaw,
  noNeedlessGapLaw,
  noHoleLaw,
  noResubscribeLaw,
  rightsLaw,
  onlyPublishedLaw,
  repliedLaw,
];

/** Every breach of every law, from what was published and what was received alone. */
export function checkLaws(evidence: Evidence): readonly Breach[] {
  return LAWS.flatMap((law) => law(evidence));
}
