import type { RealtimeChannel } from "@repo/core-realtime";
import type { AttachOptions, ChannelMessage } from "@repo/realtime-client";
import { useEffect, useEffectEvent } from "react";
import { ChannelFollower } from "./channel/channel-follower.js";
import { useClient } from "./client-context.js";
import { useKept } from "./use-kept.js";
import { valueText } from "./value-text.js";

/** What a listener may be told beside the events. */
export interface EventOptions {
  /** Messages were missed and cannot be had any more: load anew what they would have changed. */
  readonly onGap?: (() => void) | undefined;
}

type Listeners = Readonly<Record<string, ((payload: never, message: never) => void) | undefined>>;

/**
 * Receives single events of a channel, without painting anything. Where React hides the component and shows it again (`<Activity>`), the
 * listeners are called with what was published meanwhile, in order; what the history does not have any more is a gap.
 */
// eslint-disable-next-line max-params -- beside the channel's arguments, the listeners are what the hook is about
export function useEvent(
  template: string,
  params: Readonly<Record<string, string>>,
  listeners: Listeners,
  options: Pick<AttachOptions, "ask"> & EventOptions = {},
): void {
  const client = useClient();
  const { name } = client.channel(template, params);
  const follower = useKept(
    { client, name, ask: valueText(options.ask) },
    () => new ChannelFollower(client, { template, params, options }),
  );
  const receive = useEffectEvent(
    (message?: ChannelMessage<RealtimeChannel>) =>
      message ? listeners[message.event]?.(message.payload as never, message as never) : options.onGap?.(), // the hook's type has put event and payload together
  );
  useEffect(() => follower.subscribe({ message: (message) => receive(message), gap: () => receive() }), [follower]);
}
