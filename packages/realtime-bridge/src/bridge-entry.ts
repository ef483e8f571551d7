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
  readonly message: (occurrence: EventOccurrence<Event>) => BroadcastMessage<C>;
} & ([ParamName<C["name"]>] extends [never]
  ? { readonly at?: undefined }
  : {
      /** The values for the channel's placeholders. */
      readonly at: (occurrence: EventOccurrence<Event>) => ChannelParams<C["name"]>;
    });

/** One entry of the allow-list: an event, a channel, and how the event becomes a message. Made by `bridgeEntry`. */
export interface BridgeEntry {
  /** What is carried. */
  readonly event: EventDefinition;
  /** Where it is broadcast. */
  readonly channel: RealtimeChannel;
  /** Subscribes to the event; `carry` receives each occurrence and its mapping. */
  subscribe(bus: IEventBus, carry: Carry): () => void;
}

/** Broadcasts one occurrence. */
export type Carry = (occurrence: EventOccurrence, mapping: () => Crossing) => Promise<void>;

/** The address and the message of one broadcast. */
export interface Crossing {
  readonly address: ChannelAddress;
  readonly message: readonly unknown[];
}

/**
 * Lists one event for one channel, typed on both sides.
 * @example
 * bridgeEntry(orderShipped, orderStatus, {
 *   at: ({ payload }) => ({ orderId: payload.orderId }),
 *   message: () => [{ status: "shipped" }],
 * });
 */
export function bridgeEntry<Event extends EventDefinition, C extends RealtimeChannel>(
  event: Event,
  channel: C,
  { at, message }: NoInfer<BridgeMapping<Event, C>>, // or a literal in `message` would be widened before C is known
): BridgeEntry {
  const crossing = (occurrence: EventOccurrence<Event>): Crossing => ({
    address: at ? channel.at(at(occurrence)) : addressOf(channel),
    message: withKey(channel, message(occurrence), occurrence.id),
  });
  return Object.freeze<BridgeEntry>({
    event,
    channel,
    subscribe: (bus, carry) => bus.subscribe(event, (occurrence) => carry(occurrence, () => crossing(occurrence))),
  });
}

/** On a channel with history the occurrence's id is the idempotency key: an event that a bus delivers twice is broadcast once. */
function withKey(channel: RealtimeChannel, message: readonly unknown[], id: string): readonly unknown[] {
  if (!channel.history) return message;
  const content = message.slice(0, isSchema(channel.payload) ? 1 : 2);
  const options = message[content.length] as BroadcastOptions | undefined; // its type was checked in `bridgeEntry`
  return [...content, { idempotencyKey: id, ...options }];
}
