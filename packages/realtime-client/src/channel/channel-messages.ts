import type {
  InboundEvent,
  InboundInput,
  OutboundEvent,
  OutboundOutput,
  RealtimeChannel,
  RealtimeEnvelope,
  Schema,
  TypeMistake,
} from "@repo/core-realtime";

/** One message of a channel, typed by its event. */
export type ChannelMessage<C extends RealtimeChannel> = {
  [Event in OutboundEvent<C>]: Omit<RealtimeEnvelope, "event" | "payload"> & {
    readonly event: Event;
    readonly payload: OutboundOutput<C, Event>;
  };
}[OutboundEvent<C>];

/** What follows `publish`: the payload alone, or the event and its payload. Nothing fits where clients only receive. */
export type Publication<
  C extends RealtimeChannel,
  Event extends InboundEvent<C> = InboundEvent<C>,
> = RealtimeChannel extends C
  ? readonly [payload: unknown] | readonly [event: string, payload: unknown] // a channel of which nothing is known
  : C["inbound"] extends undefined
    ? readonly [nothing: TypeMistake<"Clients only receive on this channel: it declares no inbound.">]
    : C["inbound"] extends Schema
      ? readonly [payload: InboundInput<C, "message">]
      : EventPublication<C, Event>;

/** Of several events a union: so that a list of arguments which is one can be spread. */
type EventPublication<C extends RealtimeChannel, Event extends InboundEvent<C>> =
  Event extends InboundEvent<C> ? readonly [event: Event, payload: InboundInput<C, Event>] : never;

/**
 * The compiler's sentence where none of several events is named. Nothing beside an event that is named, and nothing where the
 * channel has one event: what follows is then compared with its payload alone.
 */
export type MissingEvent<
  C extends RealtimeChannel,
  Event extends InboundEvent<C> = InboundEvent<C>,
> = RealtimeChannel extends C
  ? never
  : C["inbound"] extends Schema | undefined
    ? never
    : [InboundEvent<C>] extends [Event]
      ? [OnlyEvent<InboundEvent<C>>] extends [never]
        ? readonly [mistake: TypeMistake<"Name the event first: publish(event, payload). The events:", InboundEvent<C>>]
        : never
      : never;

/** The event where there is one; of several never. */
type OnlyEvent<Event, All = Event> = Event extends All ? ([All] extends [Event] ? Event : never) : never;
