import type { Connection } from "../connection/create-connection.js";
import type { ChannelListener } from "./channel-listener.js";
import { createSubscription } from "./create-subscription.js";
import type { JoinOptions } from "./join-options.js";
import type { Subscription, SubscriptionDeps } from "./subscription.js";

/** What a table stands on. */
export interface ChannelTableDeps extends SubscriptionDeps {
  readonly connection: Pick<Connection, "state" | "link">;
  /** A subscription outlives its last listener by so many ms. */
  readonly lingerMs: number;
  /** Somebody listens where there is no connection. */
  readonly onWanted: (subscription: Subscription) => void;
}

/** The subscriptions of a client by name, each for as long as somebody listens. */
export interface ChannelTable {
  readonly byName: ReadonlyMap<string, Subscription>;
  /** Listens; the first listener subscribes, the last one's leaving unsubscribes. Returns the undo. */
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
      if (known && isConnected()) known.retry(); // it may have been refused to somebody who came earlier
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
          leave(); // nothing to come back to: whoever listens again asks again
        else deps.clock.after(deps.lingerMs, leave);
      };
    },
  };
}
