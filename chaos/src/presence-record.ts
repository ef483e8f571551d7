import { isPictureTrue } from "./judge/presence/check-presence";
import type { PresenceEvidence, Sight, Tab } from "./judge/presence/presence-evidence";
import { FALLEN, INTRUDER, PASSER_BY } from "./cluster/cast";
import { vaultPresence } from "./cluster/chaos-channels";
import type { Person } from "./people";

/**
 * For so long a picture of who is there may be false: 2.5 s until the server has missed a dead connection, 0.3 s of grace, 3 s for which the
 * watcher's own connection may stall, and as much again as a busy machine takes.
 */
export const PRESENCE_BOUND_MS = 8_000;

/** Who is in the vault in truth, and which members each watcher is shown. */
export class PresenceRecord {
  readonly #people: readonly Person[];
  readonly #boundMs: number;
  readonly #nodes: number;
  readonly #gone: (Tab & { readonly at: number })[] = [];
  #finnSeesUntil = Infinity;

  /** Those who bear witness; the passer-by is there as well. */
  constructor(people: readonly Person[], { boundMs, nodes }: Pick<PresenceEvidence, "boundMs" | "nodes">) {
    this.#people = people;
    this.#boundMs = boundMs;
    this.#nodes = nodes;
  }

  passed(): void {
    this.#gone.push({ ...PASSER_BY, at: performance.now() });
  }

  fell(): void {
    for (const { role } of this.#people)
      if (role.userId === FALLEN) this.#gone.push({ ...role, at: performance.now() });
    this.#finnSeesUntil = Date.now();
  }

  /** Does everybody see who is there, and nobody else? */
  isTrue(): boolean {
    return isPictureTrue(this.evidence());
  }

  evidence(): PresenceEvidence {
    const members = [...this.#people.map(({ role }) => role), PASSER_BY].filter(({ userId }) => userId !== INTRUDER);
    const isGone = (role: Tab) => this.#gone.some(({ userId, tab }) => userId === role.userId && tab === role.tab);
    return {
      channel: vaultPresence.name,
      nodes: this.#nodes,
      here: members.filter((role) => !isGone(role)),
      gone: this.#gone,
      watchers: this.#people.map(({ role, presence: { entries } }) => ({
        name: role.name,
        sight: this.#sightOf(role),
        entries,
      })),
      boundMs: this.#boundMs,
    };
  }

  #sightOf({ userId }: Tab): Sight {
    if (userId === INTRUDER) return "nothing";
    return userId === FALLEN && this.#finnSeesUntil < Infinity ? { until: this.#finnSeesUntil } : "all";
  }
}
