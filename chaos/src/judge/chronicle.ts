import type { RealtimePosition } from "@repo/core-realtime";

/** A payload of the suite: its publisher, and its number on that channel, from 0. */
export interface Numbered {
  /** The channel, so that a message shows where it belongs even to one who was never subscribed there. */
  readonly on: string;
  readonly by: string;
  readonly n: number;
}

/** How many messages each publisher had sent on a channel at some moment: what comes later has these numbers or higher ones. */
export type Mark = ReadonlyMap<string, number>;

interface Speech {
  readonly publishedAt: number[];
  readonly refusals: string[];
  /** Refused while the database was away: whether it is stored, nobody knows. */
  readonly uncertain: Set<number>;
  /** Sent without waiting for the one before, through a time when the database was away: see `isUnordered`. */
  readonly unordered: Set<number>;
  replied: number;
}

/** What was published, written down by those who sent it. */
export class Chronicle {
  readonly #speeches = new Map<string, Map<string, Speech>>();
  readonly #ends = new Map<string, number>();

  /** Notes that `by` now publishes its next message on the channel; returns it. */
  publish(channel: string, by: string): Numbered {
    const speech = this.#speechOf(channel, by);
    speech.publishedAt.push(performance.now());
    return { on: channel, by, n: speech.publishedAt.length - 1 };
  }

  /** Notes that one message of `by` was acknowledged, and where it stands. */
  replied(channel: string, by: string, { position }: Pick<Seen, "position"> = {}): void {
    this.#speechOf(channel, by).replied += 1;
    this.#ends.set(channel, Math.max(this.end(channel), position?.offset ?? 0));
  }

  /** Notes why a message was refused; it stays without a reply. */
  refused(channel: string, by: string, why: string): void {
    this.#speechOf(channel, by).refusals.push(why);
  }

  /** Notes that a message was refused with reason, while the database was away: it may be received, and need not. */
  excused(channel: string, { by, n }: Pick<Numbered, "by" | "n">): void {
    const speech = this.#speechOf(channel, by);
    speech.replied += 1;
    speech.uncertain.add(n);
  }

  /** Need this message not be received? */
  isUncertain(channel: string, { by, n }: Pick<Numbered, "by" | "n">): boolean {
    return this.#on(channel).get(by)?.uncertain.has(n) ?? false;
  }

  /** Notes that a client's message was sent and acknowledged, or refused, with an outage in between. */
  displaced(channel: string, { by, n }: Pick<Numbered, "by" | "n">): void {
    this.#speechOf(channel, by).unordered.add(n);
  }

  /**
   * May this message come after later ones of its publisher? Where the refusal of one message is lost with its connection, the next, which was
   * sent without waiting, is stored before the client sends the first one again.
   */
  isUnordered(channel: string, { by, n }: Pick<Numbered, "by" | "n">): boolean {
    return this.#on(channel).get(by)?.unordered.has(n) ?? false;
  }

  /** How many messages are in doubt. */
  get excuses(): number {
    const all = [...this.#speeches.values()].flatMap((speeches) => [...speeches.values()]);
    return all.reduce((sum, { uncertain }) => sum + uncertain.size, 0);
  }

  /** Why messages of `by` were refused. */
  refusals(channel: string, by: string): readonly string[] {
    return this.#speechOf(channel, by).refusals;
  }

  /** The highest offset that was acknowledged: the channel reaches at least so far. */
  end(channel: string): number {
    return this.#ends.get(channel) ?? 0;
  }

  /** How many messages each publisher has sent on the channel. */
  published(channel: string): Mark {
    return new Map([...this.#on(channel)].map(([by, { publishedAt }]) => [by, publishedAt.length]));
  }

  /** Messages that nobody acknowledged, per publisher; without those who got a reply to all. */
  withoutReply(channel: string): Mark {
    const open = [...this.#on(channel)].map(
      ([by, { publishedAt, replied }]) => [by, publishedAt.length - replied] as const,
    );
    return new Map(open.filter(([, count]) => count > 0));
  }

  publishedAt(channel: string, { by, n }: Pick<Numbered, "by" | "n">): number | undefined {
    return this.#on(channel).get(by)?.publishedAt[n];
  }

  get channels(): readonly string[] {
    return [...this.#speeches.keys()];
  }

  #on(channel: string): ReadonlyMap<string, Speech> {
    return this.#speeches.get(channel) ?? new Map();
  }

  #speechOf(channel: string, by: string): Speech {
    const speeches = this.#speeches.get(channel) ?? new Map<string, Speech>();
    const speech = speeches.get(by) ?? {
      publishedAt: [],
      refusals: [],
      uncertain: new Set<number>(),
      unordered: new Set<number>(),
      replied: 0,
    };
    this.#speeches.set(channel, speeches.set(by, speech));
    return speech;
  }
}

/** A message as a diary keeps it. */
export interface Seen extends Pick<Numbered, "by" | "n"> {
  readonly position?: RealtimePosition | undefined;
}
