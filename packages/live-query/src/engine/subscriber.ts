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
}

/** Sends to all of them, encoded once per channel. Resolves when it is queued; a failure is reported. */
export async function sendToAll(
  subscribers: Iterable<Subscriber>,
  event: LiveQueryEvent,
  onError: (cause: unknown) => void,
): Promise<void> {
  const byChannel = new Map<string, Subscriber[]>();
  for (const subscriber of subscribers) {
    const known = byChannel.get(subscriber.channel);
    if (known) known.push(subscriber);
    else byChannel.set(subscriber.channel, [subscriber]);
  }
  for (const group of byChannel.values()) {
    const [first] = group;
    await first
      ?.sendTo(
        group.map(({ connectionId }) => connectionId),
        ...event,
      )
      .catch(onError);
  }
}
