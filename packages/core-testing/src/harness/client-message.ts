import type {
  EnvelopeFrame,
  InboundEvent,
  InboundInput,
  OutboundEvent,
  OutboundOutput,
  RealtimeChannel,
  Schema,
} from "@repo/core-realtime";

/** What follows the address in `client.send`: the payload alone, or the event and its payload. */
export type ClientMessage<C extends RealtimeChannel> = C["inbound"] extends Schema
  ? readonly [payload: InboundInput<C, "message">]
  : { [Event in InboundEvent<C>]: readonly [event: Event, payload: InboundInput<C, Event>] }[InboundEvent<C>];

/** A message as a subscriber of the channel got it; with a map of events, narrow on `event`. */
export type ReceivedMessage<C extends RealtimeChannel> = {
  [Event in OutboundEvent<C>]: Omit<EnvelopeFrame, "type" | "event" | "payload"> & {
    readonly event: Event;
    readonly payload: OutboundOutput<C, Event>;
  };
}[OutboundEvent<C>];
