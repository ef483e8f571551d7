import { eventMessage, type EventMessage } from "@repo/realtime-client/events";
import { useCallback, useEffect, useEffectEvent } from "react";
import { ChannelFollower } from "./channel/channel-follower.js";
import { useClient } from "./client-context.js";
import { useKept } from "./use-kept.js";

/** Handlers by event; each receives the payload's fields and `meta`. */
export type RealtimeEventHandlers<Events extends Readonly<Record<string, object>>> = {
  readonly [Event in keyof Events]?: (message: EventMessage<Events[Event]>) => void;
};

/** What the hook returns. */
export interface UsedRealtime {
  /** Resolves with the server's reply; rejects with a `RealtimeRefusal`. */
  readonly publish: (event: string, payload: object) => Promise<unknown>;
}

/**
 * Subscribes to a channel whose name is known only at run time, such as one declared in SQL, and renders nothing. The handlers of the latest
 * render are called.
 * @example
 * const { publish } = useRealtime<{ UPDATE_order: { status: string } }>(`order:${orderId}`, {
 *   UPDATE_order: ({ status, meta }) => setStatus(status),
 * });
 */
export function useRealtime<
  Events extends Readonly<Record<string, object>> = Readonly<Record<string, Readonly<Record<string, unknown>>>>,
>(channel: string, handlers: RealtimeEventHandlers<Events>): UsedRealtime {
  const client = useClient();
  const { name } = client.channel.raw(channel);
  const follower = useKept({ client, name }, () => new ChannelFollower(client, { template: name })); // encoded, so without placeholders
  const receive = useEffectEvent((message: Parameters<typeof eventMessage>[0]) => {
    const handler = Object.hasOwn(handlers, message.event) ? handlers[message.event] : undefined;
    return handler?.(eventMessage({ ...message, channel }) as never); // the caller's types are those of the channel
  });
  useEffect(() => follower.subscribe({ message: (message) => receive(message) }), [follower]);
  const publish = useCallback((event: string, payload: object) => follower.handle.publish(event, payload), [follower]);
  return { publish };
}
