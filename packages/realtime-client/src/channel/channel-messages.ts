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

/** The compiler's sentence where the event is left out. */
export type MissingEvent<C extends RealtimeChannel> = RealtimeChannel extends C
  ? never
  : C["inbound"] extends Schema | undefined
    ? never
    : readonly [mistake: TypeMistake<`Name the event first: publish("${InboundEvent<C>}", payload).`>];

/** What follows `publish`: the payload alone, or the event and its payload. Nothing fits where clients only receive. */
export type Publication<C extends RealtimeChannel> = RealtimeChannel extends C
  ? readonly [payload: unknown] | readonly [event: string, payload: unknown] // a channel of which nothing is known
  : C["inbound"] extends undefined
    ? readonly [nothing: never]
    : C["inbound"] extends Schema
      ? readonly [payload: InboundInput<C, "message">]
      : { [Event in InboundEvent<C>]: readonly [event: Event, payload: InboundInput<C, Event>] }[InboundEvent<C>];
