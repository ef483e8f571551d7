import { RealtimeError, type OpeningRequest, type RealtimeUser } from "@repo/core-realtime";
import type { OpenQuery, QueryOpener } from "./engine/query-opener.js";
import { patchBetween, piecesOf, type KeyedRow } from "./engine/patch.js";
import type { LiveQueryEvent, Subscriber } from "./engine/subscriber.js";
import type { liveQueryChannel, LiveQueryAsk, LiveQueryOpening } from "./query/live-query-channel.js";
import { openingOf } from "./query-result.js";
import { refusalOf, throwRefusal } from "./query-failure.js";

type Request = OpeningRequest<typeof liveQueryChannel>;

const MISSED = "a change could not be sent, such as one that is larger than a message may be";
const RETRY_AFTER_MS = 500;
const UNGUARDED =
  "The guard of the live queries is missing, so a query would go on with the rights of an earlier user. Pass it to createRealtime({ guards: [live.guard] }).";

/** A subscription with its query. */
interface Subscription {
  readonly ask: LiveQueryAsk;
  readonly subscriber: Subscriber;
  readonly signal: AbortSignal;
  readonly end: Request["end"];
  user: RealtimeUser | null;
  open: OpenQuery | undefined;
  /** While its query is being opened, for the first time or again. */
  opening: Promise<void> | undefined;
  /** Raised when what is being opened must not be used any more. */
  version: number;
  isEnded: boolean;
  /** What the client has; undefined until it has the reply. */
  shown: Shown | undefined;
}

interface Shown {
  readonly rows: readonly KeyedRow[];
  readonly isTruncated: boolean;
  readonly isStale: boolean;
  /** Resolves when that has been sent. */
  readonly sent: Promise<void>;
}

/** The queries that this node's connections have open. */
export class OpenQueries {
  readonly #opener: QueryOpener;
  /** By connection, then by channel. */
  readonly #connections = new Map<string, Map<string, Subscription>>();
  #isGuarded = false;

  constructor(opener: QueryOpener) {
    this.#opener = opener;
  }

  /** The opening of a live query's channel. */
  async open({ ask, user, address, connectionId, signal, send, sendTo, end }: Request): Promise<LiveQueryOpening> {
    if (!this.#isGuarded) throw new TypeError(UNGUARDED);
    const missed = (cause: unknown) =>
      end(new RealtimeError("INTERNAL_ERROR", { detail: MISSED, retryAfterMs: RETRY_AFTER_MS, cause }));
    const subscriber: Subscriber = { connectionId, channel: address.name, sendTo, end: missed };
    const first = { open: undefined, opening: undefined, version: 0, isEnded: false, shown: undefined };
    const subscription: Subscription = { ask, subscriber, signal, end, user, ...first };
    const before = this.#find(connectionId, address.name);
    if (before) this.#end(before); // a subscribe anew: what it had is replaced
    this.#add(subscription);
    signal.addEventListener("abort", () => this.#end(subscription), { once: true });
    try {
      await this.#reopen(subscription);
      const { open } = subscription;
      if (!open)
        throw new RealtimeError("INTERNAL_ERROR", { detail: "the subscription ended while its query was opened" });
      subscription.shown = { ...open, sent: Promise.resolve() };
      const opening = openingOf(open, ask.have);
      if (open.isStale) void send("stale", { isStale: true });
      return opening;
    } catch (cause) {
      this.#end(subscription);
      return throwRefusal(cause);
    }
  }

  /**
   * Called for each subscribe before its opening, and again when the connection is another user's, or the user has other rights: an open
   * query continues as theirs. Rejects where they may not have it.
   */
  async changeUser(connectionId: string, channel: string, user: RealtimeUser | null): Promise<void> {
    this.#isGuarded = true;
    const subscription = this.#find(connectionId, channel);
    if (!subscription || isSameUser(subscription.user, user)) return;
    subscription.user = user;
    await this.#reopen(subscription).catch(throwRefusal);
  }

  /** Tables or policies have changed: every query is planned anew. One that is refused now ends. */
  async reopenAll(): Promise<void> {
    const all = [...this.#connections.values()].flatMap((channels) => [...channels.values()]);
    await Promise.all(
      all.map((subscription) =>
        this.#reopen(subscription).catch((cause: unknown) => subscription.end(refusalOf(cause))),
      ),
    );
  }

  /** Resolves when the queries of this connection show what the feed has brought. */
  async settled(connectionId: string): Promise<void> {
    const own = [...(this.#connections.get(connectionId)?.values() ?? [])];
    await Promise.all(own.map(({ open }) => open?.settled())); // one that is being opened begins with it
  }

  /** Opens the query for the connection's current user, also where that changes meanwhile. What was open is closed at once. */
  #reopen(subscription: Subscription): Promise<void> {
    subscription.version += 1;
    close(subscription);
    return (subscription.opening ??= this.#openForUser(subscription));
  }

  async #openForUser(subscription: Subscription): Promise<void> {
    const { ask, subscriber, signal } = subscription;
    try {
      do {
        const { version, user } = subscription;
        const isWanted = () => subscription.version === version;
        const onOpen = (open: OpenQuery) => begin(subscription, open);
        await this.#opener.open({ query: ask.query, user, subscriber, signal, isWanted, onOpen });
      } while (!subscription.open && !subscription.isEnded);
    } finally {
      subscription.opening = undefined; // in the turn of the last check of `open`
    }
  }

  #find(connectionId: string, channel: string): Subscription | undefined {
    return this.#connections.get(connectionId)?.get(channel);
  }

  #add(subscription: Subscription): void {
    const { connectionId, channel } = subscription.subscriber;
    const channels = this.#connections.get(connectionId) ?? new Map<string, Subscription>();
    this.#connections.set(connectionId, channels.set(channel, subscription));
  }

  #end(subscription: Subscription): void {
    subscription.version += 1;
    subscription.isEnded = true;
    close(subscription);
    const { connectionId, channel } = subscription.subscriber;
    if (this.#find(connectionId, channel) !== subscription) return;
    const channels = this.#connections.get(connectionId);
    channels?.delete(channel);
    if (channels?.size === 0) this.#connections.delete(connectionId);
  }
}

/** Nothing more is sent of what may not be seen any more. */
function close(subscription: Subscription): void {
  const { open } = subscription;
  if (!open) return;
  const { shown: rows, isStale } = open;
  if (subscription.shown) subscription.shown = { rows, isStale, isTruncated: open.isTruncated, sent: open.sent() };
  open.close();
  subscription.open = undefined;
}

/** What the client has is brought to what the query gives now. */
function begin(subscription: Subscription, open: OpenQuery): void {
  subscription.open = open;
  const { shown } = subscription;
  if (!shown) return; // the reply brings it
  const events: LiveQueryEvent[] = piecesOf(patchBetween(shown.rows, open.rows)).map((patch) => ["patch", { patch }]);
  if (shown.isTruncated !== open.isTruncated) events.push(["truncated", { isTruncated: open.isTruncated }]);
  if (shown.isStale !== open.isStale) events.push(["stale", { isStale: open.isStale }]);
  open.sendFirst(events, shown.sent);
}

function isSameUser(a: RealtimeUser | null, b: RealtimeUser | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
