import type { BeatMessage } from "./cluster-message.js";
import type { ClusterSettings } from "./cluster-settings.js";
import { ExecutedCommands } from "./executed-commands.js";

/** The entry of another node in this node's table. Times are this node's own. */
export interface Member {
  readonly id: string;
  readonly node: string;
  readonly executed: ExecutedCommands;
  /** It has confirmed that it counts this node. */
  hasConfirmed: boolean;
  isJoining: boolean;
  /** The number of its newest heartbeat, as its messages of any kind state. */
  beat: number;
  /** The newest heartbeat that arrived here, and when. */
  beatSeen: number;
  beatAt: number;
  /** Its newest heartbeat that any node is known to have received, and when this node learned of it. */
  knownBeat: number;
  aliveAt: number;
  /** When this node sent the newest heartbeat that the member is known to have received. */
  provenAt: number;
  /** The newest of the member's heartbeats that has come back to it, and when this node learned of it. */
  selfBeat: number;
  selfProvenAt: number;
  /** When its silence was last reported as a gap. */
  silentAt: number;
  /** It has left; the end of its streams may be under way. */
  leftAt: number | undefined;
}

/**
 * The table of a node's members, with the proof that they still have this node in theirs. A node without that proof is cut off: measured from the
 * time at which it sent the last heartbeat that is known to be received, so it is sure before the others can give it up.
 */
export class MemberTable {
  readonly self: string;
  readonly #settings: ClusterSettings;
  readonly #members = new Map<string, Member>();
  readonly #sentAt: number[] = []; // by heartbeat number, over and over
  #beat = 0;
  #selfBeat = 0;
  #selfProvenAt = Number.NEGATIVE_INFINITY;

  constructor(self: string, now: number, settings: ClusterSettings) {
    this.self = self;
    this.#settings = settings;
    this.#sentAt[0] = now;
  }

  /** The last heartbeat's number. */
  get beat(): number {
    return this.#beat;
  }
  get size(): number {
    return this.#members.size;
  }
  all(): Iterable<Member> {
    return this.#members.values();
  }
  ids(): readonly string[] {
    return [...this.#members.keys()];
  }
  /** Without those that have left. */
  present(): readonly Member[] {
    return [...this.#members.values()].filter(({ leftAt }) => leftAt === undefined);
  }
  get(id: string): Member | undefined {
    return this.#members.get(id);
  }

  add(id: string, node: string, now: number): Member {
    const times = { beatAt: now, silentAt: now, aliveAt: now, provenAt: now, selfProvenAt: now, leftAt: undefined };
    const numbers = { beat: 0, beatSeen: 0, knownBeat: 0, selfBeat: 0 };
    const executed = new ExecutedCommands();
    const member: Member = { id, node, executed, isJoining: true, hasConfirmed: false, ...times, ...numbers };
    this.#members.set(id, member);
    return member;
  }

  remove(id: string): void {
    this.#members.delete(id);
  }

  /** Numbers a heartbeat that is about to be sent. */
  nextBeat(now: number): number {
    this.#beat += 1;
    this.#sentAt[this.#beat % KEPT_BEATS] = now;
    return this.#beat;
  }

  /** A message of this node, sent after that heartbeat, has come back to it. */
  proveSelf(beat: number): void {
    this.#selfBeat = Math.max(this.#selfBeat, beat);
    this.#selfProvenAt = Math.max(this.#selfProvenAt, this.#sentTime(beat));
  }

  /** The member was there when it sent this, its own clock's heartbeat being `beat`. */
  update(
    member: Member,
    { beat, isJoining }: { readonly beat: number; readonly isJoining: boolean },
    now: number,
  ): void {
    if (beat < member.beat) return; // late
    member.beat = beat;
    member.isJoining = isJoining;
    this.#advance(member, beat, now);
  }

  /** The member has received what was sent after this heartbeat. */
  prove(member: Member, beat: number): void {
    member.provenAt = Math.max(member.provenAt, this.#sentTime(beat));
  }

  /** False for a heartbeat that is repeated or late. */
  onBeat(member: Member, { beat, isJoining, seen }: BeatMessage, now: number): boolean {
    if (beat <= member.beatSeen || beat < member.beat) return false;
    this.update(member, { beat, isJoining }, now);
    member.beatSeen = beat;
    member.beatAt = now;
    const selfBeat = seen[member.id] ?? 0;
    if (selfBeat > member.selfBeat) {
      member.selfBeat = selfBeat;
      member.selfProvenAt = now;
    }
    for (const [id, number] of Object.entries(seen)) {
      const other = this.#members.get(id);
      if (id === this.self) this.prove(member, number);
      else if (other && other !== member) this.#advance(other, number, now);
    }
    return true;
  }

  /** The heartbeats last received, its own included, for the members to see that they are. */
  seen(): Readonly<Record<string, number>> {
    const others = [...this.#members.values()].map(({ id, beat }) => [id, beat] as const);
    return Object.fromEntries([...others, [this.self, this.#selfBeat]]);
  }

  /** What this node sends comes back to it. */
  isProven(now: number): boolean {
    return now - this.#selfProvenAt <= this.#settings.isolatedAfterMs;
  }

  /** This node's newest heartbeat has come back to it, or may be on its way: what the others send arrives here too. */
  isReceiving(now: number): boolean {
    return now - this.#selfProvenAt <= RECEIVING_BEATS * this.#settings.heartbeatMs;
  }

  /** Others may be about to give this node up. */
  isCutOff(now: number): boolean {
    const { isolatedAfterMs, heartbeatMs, quorum } = this.#settings;
    if (!this.isProven(now)) return true;
    let proven = 1;
    for (const { selfProvenAt, provenAt, isJoining, leftAt } of this.#members.values()) {
      if (leftAt !== undefined) continue;
      if (now - provenAt <= isolatedAfterMs) proven += 1;
      else if (!isJoining && selfProvenAt - provenAt > 3 * heartbeatMs) return true; // it receives itself, and not this node
    }
    return proven < quorum;
  }

  #advance(member: Member, beat: number, now: number): void {
    if (beat <= member.knownBeat) return;
    member.knownBeat = beat;
    member.aliveAt = now;
  }

  #sentTime(beat: number): number {
    const isKept = beat <= this.#beat && beat > this.#beat - KEPT_BEATS;
    return (isKept ? this.#sentAt[beat % KEPT_BEATS] : undefined) ?? Number.NEGATIVE_INFINITY;
  }
}

const RECEIVING_BEATS = 1.6; // the next one may be 300 ms on its way
const KEPT_BEATS = 64; // far more than pass before a node is given up
