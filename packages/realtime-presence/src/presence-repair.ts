import type { ChannelAddress, Clock, SealedEnvelope } from "@repo/core-realtime";
import type { PresenceKeeper } from "./presence-keeper.js";
import type { PresenceChange, PresenceMember, PresencePage } from "./presence-member.js";
import { withOwn, type PresenceSeat } from "./presence-seat.js";
import type { IPresenceStore } from "./presence-store.js";

const REPAIR_MS = 500; // losses come in bursts, and each repair sends the list to every watcher

/** The dependencies of the repair. */
export interface PresenceRepairDeps {
  readonly keeper: PresenceKeeper;
  readonly store: IPresenceStore;
  readonly clock: Clock;
  readonly pageBytes: number;
  readonly onError: (cause: unknown) => void;
}

/** The channel whose members are kept, and the presence channel on which they are published. */
interface Suspect {
  readonly of: ChannelAddress;
  readonly presence: string;
}

/**
 * Sends this node's watchers the list anew where changes may have been lost between nodes: a presence channel keeps no history from which
 * the node could repair itself.
 */
export class PresenceRepair {
  readonly #deps: PresenceRepairDeps;
  readonly #suspects = new Map<string, Suspect>();
  /** The changes that were delivered since a list is read, by presence channel: they may be newer than the list. */
  readonly #delivered = new Map<string, SealedEnvelope[]>();
  #cancel: (() => void) | undefined;
  #isRunning = false;
  #isClosed = false;

  constructor(deps: PresenceRepairDeps) {
    this.#deps = deps;
  }

  /** Changes of this presence channel may have been lost. */
  suspect(presence: string, of: ChannelAddress): void {
    this.#suspects.set(presence, { of, presence });
    this.#later();
  }

  /** A message was delivered. Called for each of any channel: cheap where no list is being read. */
  delivered(envelope: SealedEnvelope): void {
    if (this.#delivered.size > 0) this.#delivered.get(envelope.channel)?.push(envelope);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  #later(): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#cancel ??= this.#deps.clock.after(REPAIR_MS, () => void this.#run());
  }

  async #run(): Promise<void> {
    const { keeper, onError } = this.#deps;
    const suspects = [...this.#suspects.values()];
    const watchers = keeper.watchers();
    this.#suspects.clear();
    this.#cancel = undefined;
    this.#isRunning = true;
    await Promise.all(
      suspects.map((suspect) => this.#repair(suspect, watchers.get(suspect.of.name) ?? []).catch(onError)),
    );
    this.#isRunning = false;
    if (this.#suspects.size > 0) this.#later();
  }

  async #repair({ of, presence }: Suspect, watchers: readonly PresenceSeat[]): Promise<void> {
    if (watchers.length === 0) return;
    const { store, pageBytes } = this.#deps;
    const delivered: SealedEnvelope[] = [];
    this.#delivered.set(presence, delivered);
    try {
      const page = await store.list(of.name, { maxBytes: pageBytes });
      const known = delivered.length;
      const list = afterChanges(page, delivered);
      await Promise.all(watchers.map((seat) => seat.send?.(withOwn(list, seat))));
      if (delivered.length > known) this.suspect(presence, of); // they may have been sent before the list
    } finally {
      this.#delivered.delete(presence);
    }
  }
}

/** The list with the changes that were delivered while it was read. */
function afterChanges(page: PresencePage, delivered: readonly SealedEnvelope[]): PresencePage {
  const members = new Map(page.members.map((member) => [member.connectionId, member]));
  for (const { event, json = "" } of delivered) {
    const payload = JSON.parse(json) as PresenceChange | PresenceMember; // this package alone publishes there
    const member = "member" in payload ? payload.member : payload;
    if (event === "presence:leave") members.delete(member.connectionId);
    else if (members.has(member.connectionId) || page.next === undefined) members.set(member.connectionId, member);
  }
  return { ...page, members: [...members.values()], total: page.total + members.size - page.members.length };
}
