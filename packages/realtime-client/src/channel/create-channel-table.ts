import type { Connection } from "../connection/create-connection.js";
import type { ChannelListener } from "./channel-listener.js";
import { createSubscription } from "./create-subscription.js";
import type { JoinOptions } from "./join-options.js";
import type { Subscription, SubscriptionDeps } from "./subscription.js";

/** The dependencies of a table. */
export interface ChannelTableDeps extends SubscriptionDeps {
  readonly connection: Pick<Connection, "state" | "link">;
  /** A subscription outlives its last listener by so many ms. */
  readonly lingerMs: number;
  /** A channel has its first listener while there is no connection. */
  readonly onWanted: (subscription: Subscription) => void;
}

/** The subscriptions of a client by name, each for as long as it has listeners. */
export interface ChannelTable {
  readonly byName: ReadonlyMap<string, Subscription>;
  /** Adds a listener; the first one subscribes, and when the last one is removed the channel is unsubscribed. Returns the undo. */
  readonly listen: (channel: string, listener: ChannelListener, options: JoinOptions) => () => void;
}

/** Makes an empty table. */
export function createChannelTable(deps: ChannelTableDeps): ChannelTable {
  const byName = new Map<string, Subscription>();
  const isConnected = () => deps.connection.state.status === "connected";

  const subscribe = (channel: string, options: JoinOptions): Subscription => {
    const subscription = createSubscription(channel, options, deps);
    byName.set(channel, subscription);
    if (isConnected()) subscription.attach();
    else deps.onWanted(subscription);
    return subscription;
  };

  return {
    byName,
    listen(channel, listener, options) {
      const known = byName.get(channel);
      const subscription = known ?? subscribe(channel, options);
      const { listeners, detach, useAsk } = subscription;
      const leaveAsk = useAsk(options);
      const undo = listeners.add(listener);
      if (known && isConnected()) known.retry(); // it may have been refused to an earlier listener
      return () => {
        undo();
        leaveAsk();
        const leave = (): void => {
          if (listeners.size || byName.get(channel) !== subscription) return; // a page that renders anew came back at once
          byName.delete(channel);
          detach();
          if (isConnected()) deps.connection.link?.send({ type: "unsubscribe", channel });
        };
        if (subscription.state.error)
          leave(); // nothing to keep: a later listener subscribes again
        else deps.clock.after(deps.lingerMs, leave);
      };
    },
  };
}
