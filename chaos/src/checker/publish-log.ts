import type { RealtimePosition } from "@repo/core-realtime";

/** A payload of the suite: its publisher, and its number on that channel, from 0. */
export interface Numbered {
  /** The channel, so that a message shows where it belongs even to a client that was never subscribed there. */
  readonly on: string;
  readonly by: string;
  readonly n: number;
}

/** How many messages each publisher had sent on a channel at some moment: what comes later has these numbers or higher ones. */
export type Mark = ReadonlyMap<string, number>;

interface PublisherLog {
  readonly publishedAt: number[];
  readonly refusals: string[];
  /** Refused while the database was away: whether it is stored is unknown. */
  readonly uncertain: Set<number>;
  /** Sent without waiting for the one before, through a time when the database was away: see `isUnordered`. */
  readonly unordered: Set<number>;
  replied: number;
}

/** The log of what was published, written by the senders. */
export class PublishLog {
  readonly #logs = new Map<string, Map<string, PublisherLog>>();
  readonly #ends = new Map<string, number>();

  /** Notes that `by` now publishes its next message on the channel; returns it. */
  publish(channel: string, by: string): Numbered {
    const log = this.#logOf(channel, by);
    log.publishedAt.push(performance.now());
    return { on: channel, by, n: log.publishedAt.length - 1 };
  }

  /** Notes that one message of `by` was acknowledged, and where it stands. */
  replied(channel: string, by: string, { position }: Pick<Seen, "position"> = {}): void {
    this.#logOf(channel, by).replied += 1;
    this.#ends.set(channel, Math.max(this.end(channel), position?.offset ?? 0));
  }

  /** Notes why a message was refused; it stays without a reply. */
  refused(channel: string, by: string, why: string): void {
    this.#logOf(channel, by).refusals.push(why);
  }

  /** Notes that a message was refused while the database was away: it may be received or not. */
  markUncertain(channel: string, { by, n }: Pick<Numbered, "by" | "n">): void {
    const log = this.#logOf(channel, by);
    log.replied += 1;
    log.uncertain.add(n);
  }

  /** Whether this message may be missing. */
  isUncertain(channel: string, { by, n }: Pick<Numbered, "by" | "n">): boolean {
    return this.#on(channel).get(by)?.uncertain.has(n) ?? false;
  }

  /** Notes that a client's message was sent and acknowledged, or refused, with an outage in between. */
  markUnordered(channel: string, { by, n }: Pick<Numbered, "by" | "n">): void {
    this.#logOf(channel, by).unordered.add(n);
  }

  /**
   * Whether this message may arrive after later ones of its publisher. Where the refusal of one message is lost with its connection, the next, which was
   * sent without waiting, is stored before the client sends the first one again.
   */
  isUnordered(channel: string, { by, n }: Pick<Numbered, "by" | "n">): boolean {
    return this.#on(channel).get(by)?.unordered.has(n) ?? false;
  }

  /** How many messages are in doubt. */
  get excuses(): number {
    const all = [...this.#logs.values()].flatMap((logs) => [...logs.values()]);
    return all.reduce((sum, { uncertain }) => sum + uncertain.size, 0);
  }

  /** Why messages of `by` were refused. */
  refusals(channel: string, by: string): readonly string[] {
    return this.#logOf(channel, by).refusals;
  }

  /** The highest offset that was acknowledged: the channel reaches at least so far. */
  end(channel: string): number {
    return this.#ends.get(channel) ?? 0;
  }

  /** How many messages each publisher has sent on the channel. */
  published(channel: string): Mark {
    return new Map([...this.#on(channel)].map(([by, { publishedAt }]) => [by, publishedAt.length]));
  }

  /** Messages without an acknowledgement, per publisher; only publishers that have any. */
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
    return [...this.#logs.keys()];
  }

  #on(channel: string): ReadonlyMap<string, PublisherLog> {
    return this.#logs.get(channel) ?? new Map();
  }

  #logOf(channel: string, by: string): PublisherLog {
    const logs = this.#logs.get(channel) ?? new Map<string, PublisherLog>();
    const log = logs.get(by) ?? {
      publishedAt: [],
      refusals: [],
      uncertain: new Set<number>(),
      unordered: new Set<number>(),
      replied: 0,
    };
    this.#logs.set(channel, logs.set(by, log));
    return log;
  }
}

/** A message in an event log. */
export interface Seen extends Pick<Numbered, "by" | "n"> {
  readonly position?: RealtimePosition | undefined;
}
