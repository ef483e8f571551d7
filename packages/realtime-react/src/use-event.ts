import { useEffect, useEffectEvent } from "react";
import { ChannelFollower } from "./channel/channel-follower.js";
import { useClient } from "./client-context.js";
import { useKept } from "./use-kept.js";

type Listeners = Readonly<Record<string, ((payload: never, message: never) => void) | undefined>>;

/** Hears single events of a channel, without painting anything. */
export function useEvent(template: string, params: Readonly<Record<string, string>>, listeners: Listeners): void {
  const client = useClient();
  const { name } = client.channel(template, params);
  const follower = useKept({ client, name }, () => new ChannelFollower(client, { template, params }));
  const tell = useEffectEvent(
    (event: string, payload: unknown, message: unknown) => listeners[event]?.(payload as never, message as never), // the hook's type has put event and payload together
  );
  useEffect(
    () => follower.subscribe({ message: (message) => tell(message.event, message.payload, message) }),
    [follower],
  );
}
