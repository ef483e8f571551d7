import type { ChannelListener } from "./channel-listener.js";
import {
  createSubscription,
  type JoinOptions,
  type Subscription,
  type SubscriptionDeps,
} from "./create-subscription.js";

/** What a table stands on. */
export interface ChannelTableDeps extends SubscriptionDeps {
  /** A subscription outlives its last listener by so many ms. */
  readonly lingerMs: number;
  readonly isConnected: () => boolean;
  readonly leave: (channel: string) => void;
}

/** The subscriptions of a client by name, each for as long as somebody listens. */
export interface ChannelTable {
  readonly find: (channel: string) => Subscription | undefined;
  /** Listens; the first listener subscribes, the last one's leaving unsubscribes. Returns the undo. */
  readonly listen: (channel: string, listener: ChannelListener, options: JoinOptions) => () => void;
  readonly each: (tell: (subscription: Subscription) => void) => void;
}

/** Makes an empty table. */
export function createChannelTable(deps: ChannelTableDeps): ChannelTable {
  const { clock, lingerMs, isConnected, leave } = deps;
  const subscriptions = new Map<string, Subscription>();

  const subscribe = (channel: string, options: JoinOptions): Subscription => {
    const subscription = createSubscription(channel, options, deps);
    subscriptions.set(channel, subscription);
    if (isConnected()) subscription.attach();
    return subscription;
  };

  return {
    find: (channel) => subscriptions.get(channel),
    each: (tell) => subscriptions.forEach(tell),
    listen(channel, listener, options) {
      const subscription = subscriptions.get(channel) ?? subscribe(channel, options);
      const { listeners } = subscription;
      const own = { ...listener }; // the same functions may listen twice
      listeners.add(own);
      return () => {
        if (!listeners.delete(own)) return;
        clock.after(lingerMs, () => {
          if (listeners.size || subscriptions.get(channel) !== subscription) return; // a page that renders anew came back at once
          subscriptions.delete(channel);
          subscription.detach();
          leave(channel);
        });
      };
    },
  };
}
