import { isListCorrect } from "./checker/presence/check-presence";
import type { PresenceRun, Visibility, Tab } from "./checker/presence/presence-run";
import { REVOKED_USER, INTRUDER, SHORT_LIVED } from "./cluster/client-identities";
import { membersOnlyPresence } from "./cluster/chaos-channels";
import type { Application } from "./applications";

/**
 * For so long a list of members may be wrong: 2.5 s until the server has missed a dead connection, 0.3 s of grace, 3 s for which the
 * watcher's own connection may stall, and as much again as a busy machine takes.
 */
export const PRESENCE_BOUND_MS = 8_000;

/** The members that are present on the members-only channel, and those that each watcher is shown. */
export class PresenceRecord {
  readonly #applications: readonly Application[];
  readonly #boundMs: number;
  readonly #nodes: number;
  readonly #gone: (Tab & { readonly at: number })[] = [];
  #revokedSeesUntil = Infinity;

  /** The applications whose events are checked; the short-lived one is present as well. */
  constructor(applications: readonly Application[], { boundMs, nodes }: Pick<PresenceRun, "boundMs" | "nodes">) {
    this.#applications = applications;
    this.#boundMs = boundMs;
    this.#nodes = nodes;
  }

  passed(): void {
    this.#gone.push({ ...SHORT_LIVED, at: performance.now() });
  }

  revoked(): void {
    for (const { identity } of this.#applications)
      if (identity.userId === REVOKED_USER) this.#gone.push({ ...identity, at: performance.now() });
    this.#revokedSeesUntil = Date.now();
  }

  /** Whether every watcher sees exactly the members that are present. */
  isTrue(): boolean {
    return isListCorrect(this.presenceRun());
  }

  presenceRun(): PresenceRun {
    const members = [...this.#applications.map(({ identity }) => identity), SHORT_LIVED].filter(
      ({ userId }) => userId !== INTRUDER,
    );
    const isGone = (identity: Tab) =>
      this.#gone.some(({ userId, tab }) => userId === identity.userId && tab === identity.tab);
    return {
      channel: membersOnlyPresence.name,
      nodes: this.#nodes,
      here: members.filter((identity) => !isGone(identity)),
      gone: this.#gone,
      watchers: this.#applications.map(({ identity, presence: { entries } }) => ({
        name: identity.name,
        visibility: this.#visibilityOf(identity),
        entries,
      })),
      boundMs: this.#boundMs,
    };
  }

  #visibilityOf({ userId }: Tab): Visibility {
    if (userId === INTRUDER) return "nothing";
    return userId === REVOKED_USER && this.#revokedSeesUntil < Infinity ? { until: this.#revokedSeesUntil } : "all";
  }
}
