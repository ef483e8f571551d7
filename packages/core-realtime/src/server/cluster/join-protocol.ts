import type { CarrierLink } from "./carrier-link.js";
import type { RefusedMessage, SyncMessage, SyncedMessage } from "./cluster-message.js";
import { fingerprintOf, MAX_NODES, type ClusterSettings } from "./cluster-settings.js";
import type { EndedMemberships } from "./ended-memberships.js";
import type { Member, MemberTable } from "./member-table.js";
import type { PublishedNumbers } from "./published-numbers.js";
import type { ShardTable } from "./shard-table.js";

export interface JoinProtocolDeps {
  readonly node: string;
  /** This node's name before its isolation. */
  readonly was: string | undefined;
  readonly link: CarrierLink;
  readonly settings: ClusterSettings;
  readonly now: () => number;
  readonly members: MemberTable;
  readonly shards: ShardTable;
  readonly numbers: PublishedNumbers;
  readonly ended: EndedMemberships;
  readonly isLive: () => boolean;
  readonly giveUp: (member: Member) => void;
  readonly onGap: () => void;
  readonly onCutOff: () => void;
  readonly onRefused: (reason: string) => void;
}

/**
 * How a node joins. It repeats `sync` until every member that any reply or heartbeat names has confirmed, so no member is left that does
 * not count it. With the confirmation it learns how far each publisher has numbered its envelopes.
 */
export class JoinProtocol {
  readonly #deps: JoinProtocolDeps;

  constructor(deps: JoinProtocolDeps) {
    this.#deps = deps;
  }

  /** Requests the numbers of all publishers, and membership where this node has none. */
  request(): void {
    const { link, shards, settings, now, members, isLive, was } = this.#deps;
    const isProven = members.isProven(now());
    const wanted = { isProven, shards: shards.toSync(!isLive()), settings: fingerprintOf(settings), was };
    link.sendToAll({ kind: "sync", ...this.#sender(), ...wanted });
  }

  onSync(message: SyncMessage): void {
    const { link, members, numbers, ended, giveUp, onGap, now } = this.#deps;
    const { from, was, beat, isProven, shards } = message;
    if (from === members.self) return members.proveSelf(beat);
    const former = was === undefined ? undefined : members.get(was);
    if (former) giveUp(former);
    if (!isProven) return; // no other node counts it yet
    const reason = this.#objection(message);
    if (reason !== undefined || ended.has(from))
      return link.sendTo(from, { kind: "refused", from: members.self, to: from, reason });
    const isNew = !members.get(from);
    const member = this.addIfUnknown(message, message.isJoining);
    if (!member) return;
    if (isNew && was !== undefined) onGap(); // while it was isolated, it may have written to histories what it could not publish
    members.update(member, message, now());
    const present = Object.fromEntries(members.present().map(({ id, node }) => [id, node]));
    const reply = { to: from, received: beat, members: present, numbers: numbers.of(shards) };
    link.sendTo(from, { kind: "synced", ...this.#sender(), ...reply });
  }

  onSynced(message: SyncedMessage): void {
    const { members, shards, ended, isLive, now } = this.#deps;
    const { from, to, isJoining, received, numbers } = message;
    if (to !== members.self || ended.has(from) || (isLive() && isJoining && !members.get(from))) return;
    const member = this.addIfUnknown(message, false);
    if (!member) return;
    member.hasConfirmed = true;
    members.update(member, message, now());
    members.prove(member, received);
    shards.startAfter(from, numbers);
    if (isLive()) return;
    for (const [id, node] of Object.entries(message.members))
      if (id !== members.self && !ended.has(id)) this.addIfUnknown({ from: id, node }, false);
  }

  onRefused({ to, reason }: RefusedMessage): void {
    const { members, onCutOff, onRefused } = this.#deps;
    if (to !== members.self) return;
    if (reason === undefined) onCutOff();
    else onRefused(reason);
  }

  /**
   * The member, added where it was unknown; `isNew`: it has published nothing yet. Undefined where a member was unknown to this node
   * although both are live: commands may have passed this node by, so it begins anew.
   */
  addIfUnknown({ from, node }: { readonly from: string; readonly node: string }, isNew: boolean): Member | undefined {
    const { members, shards, isLive, onCutOff, now } = this.#deps;
    const known = members.get(from);
    if (known) return known;
    if (isLive() && !isNew) {
      onCutOff();
      return undefined;
    }
    shards.addPublisher(from, isNew);
    return members.add(from, node, now());
  }

  /** A member has not confirmed yet that it counts this node. */
  get isUnconfirmed(): boolean {
    return this.#unconfirmed().length > 0;
  }

  /** Why this node is no member yet. */
  describe(): string {
    const { members, settings, now } = this.#deps;
    if (!members.isProven(now())) return "what it publishes does not come back to it";
    if (this.isUnconfirmed) return `not confirmed by node ${this.#unconfirmed().join(", ")}`;
    return `it sees ${members.size + 1} nodes, itself included; quorum is ${settings.quorum}`;
  }

  #unconfirmed(): readonly string[] {
    return this.#deps.members.present().flatMap(({ hasConfirmed, node }) => (hasConfirmed ? [] : [node]));
  }

  #objection({ from, settings: theirs }: SyncMessage): string | undefined {
    const { node, settings, members } = this.#deps;
    const ours = fingerprintOf(settings);
    if (theirs !== ours) return `node ${node} has the settings "${ours}", this one "${theirs}"; configure both alike`;
    if (!members.get(from) && members.size + 1 >= MAX_NODES) return `there are ${MAX_NODES} nodes already`;
    return undefined;
  }

  #sender() {
    const { members, node, isLive } = this.#deps;
    return { from: members.self, node, beat: members.beat, isJoining: !isLive() };
  }
}
