import type { OpeningRequest, RealtimeUser } from "@repo/core-realtime";
import type { OpenQuery, QueryOpener } from "./engine/query-opener.js";
import type { Subscriber } from "./engine/subscriber.js";
import { patchBetween, piecesOf } from "./engine/patch.js";
import type { liveQueryChannel, LiveQueryAsk, LiveQueryOpening } from "./query/live-query-channel.js";
import { openingOf } from "./query-result.js";
import { refusalOf, throwRefusal } from "./query-failure.js";

type Request = OpeningRequest<typeof liveQueryChannel>;

/** A subscription with its query. */
interface Subscription {
  readonly ask: LiveQueryAsk;
  readonly subscriber: Subscriber;
  readonly signal: AbortSignal;
  readonly end: Request["end"];
  user: RealtimeUser | null;
  open: OpenQuery | undefined;
}

/** The queries that this node's connections have open. */
export class OpenQueries {
  readonly #opener: QueryOpener;
  /** By connection and channel. */
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(opener: QueryOpener) {
    this.#opener = opener;
  }

  /** The opening of a live query's channel. */
  async open({ ask, user, address, connectionId, signal, send, sendTo, end }: Request): Promise<LiveQueryOpening> {
    const id = keyOf(connectionId, address.name);
    const subscriber: Subscriber = { connectionId, channel: address.name, sendTo };
    const subscription: Subscription = { ask, subscriber, signal, end, user, open: undefined };
    this.#subscriptions.get(id)?.open?.close(); // a subscribe anew: what it had is replaced
    this.#subscriptions.set(id, subscription);
    signal.addEventListener("abort", () => this.#end(id, subscription), { once: true });
    try {
      const open = await this.#opener.open({ query: ask.query, user, subscriber, signal });
      if (signal.aborted) open.close();
      else subscription.open = open;
      const opening = openingOf(open, ask.have);
      if (open.isStale) void send("stale", { isStale: true });
      return opening;
    } catch (cause) {
      this.#end(id, subscription);
      return throwRefusal(cause);
    }
  }

  /** The connection is another user's, or the user has other rights: the query goes on as theirs. Rejects where they may not have it. */
  async changeUser(connectionId: string, channel: string, user: RealtimeUser | null): Promise<void> {
    const subscription = this.#subscriptions.get(keyOf(connectionId, channel));
    if (!subscription || isSameUser(subscription.user, user)) return;
    subscription.user = user;
    await this.#reopen(subscription).catch(throwRefusal);
  }

  /** Tables or policies have changed: every query is planned anew. One that is refused now ends. */
  async reopenAll(): Promise<void> {
    await Promise.all(
      [...this.#subscriptions.values()].map((subscription) =>
        this.#reopen(subscription).catch((cause: unknown) => subscription.end(refusalOf(cause))),
      ),
    );
  }

  async #reopen(subscription: Subscription): Promise<void> {
    const { open: before, ask, subscriber, signal, user } = subscription;
    if (!before) return; // its opening is still being computed, or it has ended
    const { shown } = before;
    before.close(); // at once: nothing more is sent of what may not be seen any more
    subscription.open = undefined;
    const open = await this.#opener.open({ query: ask.query, user, subscriber, signal });
    subscription.open = open;
    for (const patch of piecesOf(patchBetween(shown, open.rows)))
      void subscriber.sendTo([subscriber.connectionId], "patch", { patch });
  }

  #end(id: string, subscription: Subscription): void {
    subscription.open?.close();
    subscription.open = undefined;
    if (this.#subscriptions.get(id) === subscription) this.#subscriptions.delete(id);
  }
}

function keyOf(connectionId: string, channel: string): string {
  return `${connectionId}\n${channel}`;
}

function isSameUser(a: RealtimeUser | null, b: RealtimeUser | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
