import type { ChannelSubscriber } from "@repo/core-realtime";
import type { Patch } from "../query/operation.js";

/** What is sent of a live query. */
export type LiveQueryEvent =
  | readonly [event: "patch", payload: { readonly patch: Patch }]
  | readonly [event: "stale", payload: { readonly isStale: boolean }]
  | readonly [event: "truncated", payload: { readonly isTruncated: boolean }];

/** A connection that is subscribed to a query. */
export interface Subscriber extends ChannelSubscriber {
  readonly sendTo: (subscribers: Iterable<ChannelSubscriber>, ...event: LiveQueryEvent) => Promise<number>;
  /** It missed something: it has to subscribe anew. */
  readonly end: (cause: unknown) => void;
}

/** Sends to all of them, encoded once. Resolves when it is queued; a failure is reported, and ends their subscriptions. */
export async function sendToAll(
  subscribers: readonly Subscriber[],
  event: LiveQueryEvent,
  onError: (cause: unknown) => void,
): Promise<void> {
  try {
    await subscribers[0]?.sendTo(subscribers, ...event);
  } catch (cause) {
    onError(cause);
    for (const subscriber of subscribers) subscriber.end(cause);
  }
}
