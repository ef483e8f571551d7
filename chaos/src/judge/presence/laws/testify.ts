import type { Breach, LawName } from "../../evidence";
import type { SeenMember } from "../presence-diary";
import type { PresenceEvidence, Watcher } from "../presence-evidence";

/** Writes down what is wrong with what a watcher was shown. */
export function testify(law: LawName, { channel }: PresenceEvidence, { name }: Watcher) {
  return (account: string): Breach => ({ law, witness: name, channel, account });
}

/** A member by person and tab. */
export function labelOf({ userId, tab }: Pick<SeenMember, "userId" | "tab">): string {
  return `${userId ?? "somebody"}/${tab ?? "?"}`;
}

/** Those who may see everybody. */
export function entitled({ watchers }: PresenceEvidence): readonly Watcher[] {
  return watchers.filter(({ sight }) => sight === "all");
}
