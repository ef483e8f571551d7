import type { AttachOptions } from "@repo/realtime-client";
import { useEffect, useEffectEvent } from "react";
import { ChannelFollower } from "./channel/channel-follower.js";
import { useClient } from "./client-context.js";
import { useKept } from "./use-kept.js";
import { valueText } from "./value-text.js";

type Listeners = Readonly<Record<string, ((payload: never, message: never) => void) | undefined>>;

/** Receives single events of a channel, without painting anything. */
// eslint-disable-next-line max-params -- beside the channel's arguments, the listeners are what the hook is about
export function useEvent(
  template: string,
  params: Readonly<Record<string, string>>,
  listeners: Listeners,
  options: Pick<AttachOptions, "ask"> = {},
): void {
  const client = useClient();
  const { name } = client.channel(template, params);
  const follower = useKept(
    { client, name, ask: valueText(options.ask) },
    () => new ChannelFollower(client, { template, params, options }),
  );
  const onMessage = useEffectEvent(
    (event: string, payload: unknown, message: unknown) => listeners[event]?.(payload as never, message as never), // the hook's type has put event and payload together
  );
  useEffect(
    () => follower.subscribe({ message: (message) => onMessage(message.event, message.payload, message) }),
    [follower],
  );
}
