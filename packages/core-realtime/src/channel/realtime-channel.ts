import type { ChannelAddress } from "./channel-address.js";
import type { ChannelParams, ChannelTemplate } from "./channel-template.js";
import type { HistoryPolicy, OverflowPolicy } from "./channel-policies.js";
import type { RealtimeScope } from "./realtime-scope.js";
import type { EventOf, EventSchemas, InputOf, OutputOf, Schema, SchemaOf } from "./schema.js";
import type { RealtimeUser } from "../seams/realtime-user.js";

/** A channel, described once: everything else follows from this value. Made by `defineRealtimeChannel`. */
export interface RealtimeChannel<
  Name extends string = string,
  Payload extends EventSchemas = EventSchemas,
  Inbound extends EventSchemas | undefined = EventSchemas | undefined,
  Scope extends RealtimeScope = RealtimeScope,
  Reply extends Schema | undefined = Schema | undefined,
> {
  readonly name: Name;
  readonly scope: Scope;
  readonly payload: Payload;
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly history: HistoryPolicy | undefined;
  readonly overflow: OverflowPolicy;
  readonly template: ChannelTemplate;
  /** The address with these parameters; values are percent-encoded and can never change which template matches. */
  at(params: ChannelParams<Name>): ChannelAddress<this>;
}

/** The events that the server speaks on this channel. */
export type OutboundEvent<C extends RealtimeChannel> = EventOf<C["payload"]>;
/** What a use case passes to `broadcast`. */
export type OutboundInput<C extends RealtimeChannel, Event extends string> = InputOf<SchemaOf<C["payload"], Event>>;
/** What a listener receives. */
export type OutboundOutput<C extends RealtimeChannel, Event extends string> = OutputOf<SchemaOf<C["payload"], Event>>;

/** The events that clients may send on this channel. */
export type InboundEvent<C extends RealtimeChannel> = EventOf<NonNullable<C["inbound"]>>;
/** What a client passes to `publish`. */
export type InboundInput<C extends RealtimeChannel, Event extends string> = InputOf<
  SchemaOf<NonNullable<C["inbound"]>, Event>
>;
/** What a handler receives. */
export type InboundOutput<C extends RealtimeChannel, Event extends string> = OutputOf<
  SchemaOf<NonNullable<C["inbound"]>, Event>
>;

/** What a client is answered: the `reply` schema's output, or anything JSON where the channel declares none. */
export type ReplyOutput<C extends RealtimeChannel> = C["reply"] extends Schema ? OutputOf<C["reply"]> : unknown;
/** What a handler may return. */
export type ReplyInput<C extends RealtimeChannel> = C["reply"] extends Schema ? InputOf<C["reply"]> : unknown;

/** Who speaks to a handler: never null unless the scope is `"public"`. */
export type ChannelUser<C extends RealtimeChannel> = "public" extends C["scope"] ? RealtimeUser | null : RealtimeUser;
