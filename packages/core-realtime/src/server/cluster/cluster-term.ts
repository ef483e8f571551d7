import type { RealtimeCommand } from "../../seams/broker.seam.js";
import type { CarrierLink } from "./carrier-link.js";
import type { BeatMessage, ClusterMessage, CommandMessage } from "./cluster-message.js";
import type { ClusterSettings } from "./cluster-settings.js";
import type { EndedMemberships } from "./ended-memberships.js";
import { JoinProtocol } from "./join-protocol.js";
import { MemberTable, type Member } from "./member-table.js";
import type { PendingCommands } from "./pending-commands.js";
import type { PublishedNumbers } from "./published-numbers.js";
import type { ShardTable } from "./shard-table.js";

export interface ClusterTermDeps {
  /** The id that the app gave the node. */
  readonly node: string;
  readonly link: CarrierLink;
  readonly settings: ClusterSettings;
  readonly now: () => number;
  readonly shards: ShardTable;
  readonly numbers: PublishedNumbers;
  readonly commands: PendingCommands;
  readonly ended: EndedMemberships;
  readonly execute: (command: RealtimeCommand) => Promise<void> | void;
  readonly onGap: () => void;
  /** Every live node counts this one. */
  readonly onLive: () => void;
  /** The others may be about to give this node up, or have done so: this term is over. */
  readonly onCutOff: () => void;
  /** Another node refuses to admit this one. */
  readonly onRefused: (reason: string) => void;
}

/** One term of a node's membership, under one name: from its joining to its isolation, or its leaving. */
export class ClusterTerm {
  readonly self: string;
  readonly joining: JoinProtocol;
  readonly #deps: ClusterTermDeps;
  readonly #members: MemberTable;

  /** Since when this node has received without a break. What others sent before, it may have missed. */
  #receivingSince = Number.POSITIVE_INFINITY;
  #isLive = false;
  #ticks = 0;

  constructor(self: string, was: string | undefined, deps: ClusterTermDeps) {
    this.self = self;
    this.#deps = deps;
    const members = new MemberTable(self, deps.now(), deps.settings);
    this.#members = members;
    this.joining = new JoinProtocol({
      ...deps,
      was,
      members,
      isLive: () => this.#isLive,
      giveUp: (member) => this.#giveUp(member),
      onCutOff: () => this.#cutOff(),
    });
  }

  /** The members that a command goes to. */
  targets(): readonly Member[] {
    return this.#members.present();
  }

  ids(): readonly string[] {
    return this.#members.ids();
  }

  /** The others may be about to give this node up. */
  isCutOff(): boolean {
    return this.#members.isCutOff(this.#deps.now());
  }

  /** Its own messages come back to it: one comparison, for every envelope. */
  isProven(): boolean {
    return this.#members.isProven(this.#deps.now());
  }

  /** Called five times per heartbeat. */
  tick(): void {
    const { now, shards, commands, settings } = this.#deps;
    const isBeat = this.#ticks % TICKS_PER_BEAT === 0;
    this.#ticks += 1;
    this.#receivingSince = this.#members.isReceiving(now())
      ? Math.min(this.#receivingSince, now())
      : Number.POSITIVE_INFINITY;
    if (isBeat) this.#beat(now());
    if (this.#isLive ? shards.hasUnsynced : isBeat || this.#receivingSince <= now()) this.joining.request();
    commands.retry();
    shards.skipMissing(now() - settings.reorderMs);
    for (const member of this.#members.all()) this.#watch(member, now());
    if (!this.#isLive) this.#goLive(now());
  }

  receive(message: ClusterMessage): void {
    switch (message.kind) {
      case "sync":
        return this.joining.onSync(message);
      case "synced":
        return this.joining.onSynced(message);
      case "refused":
        return this.joining.onRefused(message);
      case "beat":
        return this.#onBeat(message);
      case "command":
        return this.#onCommand(message);
      case "done":
        return message.to === this.self ? this.#deps.commands.confirm(message) : undefined;
      default:
        return message satisfies never;
    }
  }

  #beat(now: number): void {
    const { node, link, numbers, settings } = this.#deps;
    const beat = this.#members.nextBeat(now);
    if (!this.#members.isProven(now)) return; // until then no other node counts it
    const sender = { from: this.self, node, beat, isJoining: !this.#isLive };
    const lately = numbers.since(now - settings.giveUpAfterMs);
    link.sendToAll({ kind: "beat", ...sender, seen: this.#members.seen(), numbers: lately });
  }

  #goLive(now: number): void {
    const { shards, onLive } = this.#deps;
    if (!this.#knowsEverybody(now)) return;
    if (this.isCutOff() || shards.hasUnsynced || this.joining.isUnconfirmed) return;
    this.#isLive = true;
    shards.open();
    onLive();
  }

  /** It has received for so long that any other node has either been received, or has isolated itself. */
  #knowsEverybody(now: number): boolean {
    return now - this.#receivingSince > this.#deps.settings.isolatedAfterMs;
  }

  #watch(member: Member, now: number): void {
    const { settings, onGap } = this.#deps;
    if (member.leftAt !== undefined) {
      if (now - member.leftAt >= 2 * settings.heartbeatMs) this.#remove(member); // until then its last envelopes may arrive
    } else if (now - member.aliveAt > settings.giveUpAfterMs && this.#knowsEverybody(now)) this.#giveUp(member);
    else if (now - Math.max(member.beatAt, member.silentAt) > SILENT_BEATS * settings.heartbeatMs) {
      member.silentAt = now;
      onGap(); // its heartbeats might have reported a loss
    }
  }

  #giveUp(member: Member): void {
    this.#remove(member);
    this.#deps.commands.drop(member.id, true);
    this.#deps.onGap(); // no node can tell what it published last
  }

  #remove({ id, knownBeat }: Member): void {
    this.#deps.ended.add(id, knownBeat);
    this.#members.remove(id);
    this.#deps.shards.removePublisher(id);
  }

  #onBeat(message: BeatMessage): void {
    const { ended, shards, now } = this.#deps;
    const { from, isJoining, seen, numbers } = message;
    if (from === this.self) return this.#members.proveSelf(message.beat);
    if (ended.has(from)) {
      const hasGivenUp = !isJoining && seen[this.self] === undefined && ended.isAlive(from, message.beat);
      if (this.#isLive && hasGivenUp) this.#cutOff(); // each has given up the other, and both have continued
      return;
    }
    if (isJoining && !this.#members.get(from)) return;
    const member = this.joining.addIfUnknown(message, false);
    if (!member || !this.#members.onBeat(member, message, now())) return;
    shards.expect(from, numbers);
  }

  #cutOff(): void {
    if (this.#isLive) this.#beat(this.#deps.now()); // to those that were missing in this node's table: they have missed it too
    this.#deps.onCutOff();
  }

  #onCommand({ from, number, settled, body }: CommandMessage): void {
    const member = this.#members.get(from);
    const outcome = member?.executed.run({ number, settled }, () => this.#execute(member, body));
    void outcome?.then((failure) =>
      this.#deps.link.sendTo(from, { kind: "done", from: this.self, to: from, number, failure }),
    );
  }

  #execute(member: Member, body: CommandMessage["body"]): Promise<void> | void {
    if (body.kind !== "leave") return this.#deps.execute(body);
    member.leftAt = this.#deps.now();
    this.#deps.shards.expect(member.id, body.numbers);
    this.#deps.commands.drop(member.id, false);
  }
}

const TICKS_PER_BEAT = 5;
const SILENT_BEATS = 3.5; // two in a row may be lost
