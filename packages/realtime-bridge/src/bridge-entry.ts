import type { EventDefinition, EventOccurrence, IEventBus } from "@repo/core-events";
import {
  addressOf,
  isSchema,
  type BroadcastMessage,
  type BroadcastOptions,
  type ChannelAddress,
  type ChannelParams,
  type ParamName,
  type RealtimeChannel,
} from "@repo/core-realtime";

/** How an event becomes a message of a channel. */
export type BridgeMapping<Event extends EventDefinition, C extends RealtimeChannel> = {
  /** What follows the address in `broadcast`: `[payload]`, or `[event, payload]` where the channel has a map of events. */
  readonly say: (occurrence: EventOccurrence<Event>) => BroadcastMessage<C>;
} & ([ParamName<C["name"]>] extends [never]
  ? { readonly at?: undefined }
  : {
      /** The values for the channel's placeholders. */
      readonly at: (occurrence: EventOccurrence<Event>) => ChannelParams<C["name"]>;
    });

/** One line of the allow-list: an event, a channel, and how the one becomes the other. Made by `bridgeEntry`. */
export interface BridgeEntry {
  readonly event: EventDefinition;
  readonly channel: RealtimeChannel;
  /** Listens for the event; `carry` is handed each occurrence, and how to work out what to say of it. */
  subscribe(bus: IEventBus, carry: Carry): () => void;
}

/** Takes one occurrence across. */
export type Carry = (occurrence: EventOccurrence, mapping: () => Crossing) => Promise<void>;

/** One broadcast to be. */
export interface Crossing {
  readonly address: ChannelAddress;
  readonly message: readonly unknown[];
}

/**
 * Lists one event for one channel, typed on both sides.
 * @example
 * bridgeEntry(orderShipped, orderStatus, {
 *   at: ({ payload }) => ({ orderId: payload.orderId }),
 *   say: () => [{ status: "shipped" }],
 * });
 */
export function bridgeEntry<Event extends EventDefinition, C extends RealtimeChannel>(
  event: Event,
  channel: C,
  { at, say }: NoInfer<BridgeMapping<Event, C>>, // or a literal in `say` would be widened before C is known
): BridgeEntry {
  const crossing = (occurrence: EventOccurrence<Event>): Crossing => ({
    address: at ? channel.at(at(occurrence)) : addressOf(channel),
    message: withKey(channel, say(occurrence), occurrence.id),
  });
  return Object.freeze<BridgeEntry>({
    event,
    channel,
    subscribe: (bus, carry) => bus.subscribe(event, (occurrence) => carry(occurrence, () => crossing(occurrence))),
  });
}

/** On a channel with history the occurrence's id is the idempotency key: an event that a bus hands over twice is said once. */
function withKey(channel: RealtimeChannel, message: readonly unknown[], id: string): readonly unknown[] {
  if (!channel.history) return message;
  const spoken = message.slice(0, isSchema(channel.payload) ? 1 : 2);
  const options = message[spoken.length] as BroadcastOptions | undefined; // the type of `say` has checked it
  return [...spoken, { idempotencyKey: id, ...options }];
}
