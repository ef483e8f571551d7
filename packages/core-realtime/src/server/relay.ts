import type { ChannelAddress } from "../channel/channel-address.js";
import type { BroadcastOptions, BroadcastReceipt, IRealtimeBroadcaster } from "../seams/broadcaster.seam.js";
import type {
  InboundEvent,
  InboundOutput,
  OutboundEvent,
  OutboundInput,
  RealtimeChannel,
  ReplyInput,
} from "../channel/realtime-channel.js";
import type { RealtimeHandler } from "../seams/realtime-handler.js";
import type { RealtimeUser } from "../seams/realtime-user.js";
import { isSchema } from "../channel/schema.js";
import { senderOf } from "../wire/sender-of.js";

/** The compiler's sentence where a channel cannot be relayed. */
export interface NotRelayable {
  readonly "every inbound event must be an outbound event whose schema takes the same payload, and reply must be left out": never;
}

/** A channel on which the server may publish whatever clients may send. */
export type Relayable<C extends RealtimeChannel> = [InboundEvent<C>] extends [OutboundEvent<C>]
  ? [InboundOutput<C, InboundEvent<C>>] extends [OutboundInput<C, InboundEvent<C>>]
    ? C["reply"] extends undefined
      ? C
      : NotRelayable
    : NotRelayable
  : NotRelayable;

/**
 * A ready handler for chat-like channels: what a client sends is checked, stamped with its sender, and broadcast to all.
 * The client receives `{ id, position? }` as the reply. With history, a message id that comes twice is broadcast once.
 * @example registry.register(chat, relay(chat, realtime));
 */
export function relay<C extends RealtimeChannel>(
  channel: C & Relayable<C>,
  realtime: IRealtimeBroadcaster,
): RealtimeHandler<C> {
  const broadcast = realtime.broadcast.bind(realtime) as (
    to: ChannelAddress,
    ...message: readonly unknown[]
  ) => Promise<BroadcastReceipt>; // Relayable<C> has checked what the cast forgets
  const onMessage = async ({ address, event, payload, user, messageId }: RelayedMessage) => {
    const options = { sender: senderOf(user), ...(channel.history && keyOf(user, messageId)) };
    const { id, position } = await broadcast(
      address,
      ...(isSchema(channel.payload) ? [payload, options] : [event, payload, options]),
    );
    return { id, ...(position && { position }) } as ReplyInput<C>; // reply is left out, so any JSON will do
  };
  return onMessage;
}

interface RelayedMessage {
  readonly address: ChannelAddress;
  readonly event: string;
  readonly payload: unknown;
  readonly user: RealtimeUser | null;
  readonly messageId: string | undefined;
}

/** A user's own ids only: another user's message must not be swallowed by guessing one. */
function keyOf(user: RealtimeUser | null, messageId: string | undefined): BroadcastOptions {
  return user && messageId !== undefined ? { idempotencyKey: `${user.userId}\n${messageId}` } : {};
}
