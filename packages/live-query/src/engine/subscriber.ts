import type { Patch } from "../query/operation.js";

/** What is sent of a live query. */
export type LiveQueryEvent =
  | readonly [event: "patch", payload: { readonly patch: Patch }]
  | readonly [event: "stale", payload: { readonly isStale: boolean }]
  | readonly [event: "truncated", payload: { readonly isTruncated: boolean }];

/** A connection that is subscribed to a query. */
export interface Subscriber {
  readonly connectionId: string;
  /** The channel's name: subscribers of one channel are sent one frame. */
  readonly channel: string;
  readonly sendTo: (connectionIds: Iterable<string>, ...event: LiveQueryEvent) => Promise<number>;
  /** It missed something: it has to subscribe anew. */
  readonly end: (cause: unknown) => void;
}

/** Sends to all of them, encoded once per channel. Resolves when it is queued; a failure is reported, and ends their subscriptions. */
export async function sendToAll(
  subscribers: readonly Subscriber[],
  event: LiveQueryEvent,
  onError: (cause: unknown) => void,
): Promise<void> {
  const [only] = subscribers;
  if (!only) return;
  const fail = (group: readonly Subscriber[]) => (cause: unknown) => {
    onError(cause);
    for (const subscriber of group) subscriber.end(cause);
  };
  if (subscribers.length === 1) return void (await only.sendTo([only.connectionId], ...event).catch(fail(subscribers)));
  const byChannel = new Map<string, Subscriber[]>();
  for (const subscriber of subscribers) {
    const known = byChannel.get(subscriber.channel);
    if (known) known.push(subscriber);
    else byChannel.set(subscriber.channel, [subscriber]);
  }
  await Promise.all(
    [...byChannel.values()].map(async (group) => {
      const to = group.map(({ connectionId }) => connectionId);
      await group[0]?.sendTo(to, ...event).catch(fail(group));
    }),
  );
}
