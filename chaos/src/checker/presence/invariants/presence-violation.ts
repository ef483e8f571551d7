import type { Violation, InvariantName } from "../../message-run";
import type { SeenMember } from "../presence-log";
import type { PresenceRun, Watcher } from "../presence-run";

/** A violation of one watcher, from its description. */
export function presenceViolation(invariant: InvariantName, { channel }: PresenceRun, { name }: Watcher) {
  return (account: string): Violation => ({ invariant, client: name, channel, account });
}

/** A member by user and tab. */
export function labelOf({ userId, tab }: Pick<SeenMember, "userId" | "tab">): string {
  return `${userId ?? "anonymous"}/${tab ?? "?"}`;
}

/** The watchers that may see all members. */
export function entitled({ watchers }: PresenceRun): readonly Watcher[] {
  return watchers.filter(({ visibility }) => visibility === "all");
}
