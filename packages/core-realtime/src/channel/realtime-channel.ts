import type { ChannelAddress } from "./channel-address.js";
import type { ChannelParams, ChannelTemplate } from "./channel-template.js";
import type { HistoryPolicy, OverflowPolicy, RatePolicy } from "./channel-policies.js";
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
  Ask extends Schema | undefined = Schema | undefined,
  Opening extends Schema | undefined = Schema | undefined,
  Errors extends RefusalSchemas | undefined = RefusalSchemas | undefined,
> {
  /** The name with its placeholders. */
  readonly name: Name;
  /** Who may join. */
  readonly scope: Scope;
  /** What the server sends: one schema, or one for each event. */
  readonly payload: Payload;
  /** What clients may send; undefined where they only subscribe. */
  readonly inbound: Inbound;
  /** What a handler returns; undefined for any JSON. */
  readonly reply: Reply;
  /** What a subscriber may pass; undefined where nothing is passed. */
  readonly ask: Ask;
  /** What a new subscriber receives; undefined for any JSON. */
  readonly opening: Opening;
  /** The channel's own refusals: code → schema of what belongs to it. */
  readonly errors: Errors;
  /** How often it may be broadcast on; undefined for no bound. */
  readonly rate: RatePolicy | undefined;
  /** What is kept for recovery; undefined for nothing. */
  readonly history: HistoryPolicy | undefined;
  /** What a reader that is too slow receives. */
  readonly overflow: OverflowPolicy;
  /** The name, taken apart. */
  readonly template: ChannelTemplate;
  /** The address with these parameters; values are percent-encoded and can never change which template matches. */
  at(params: ChannelParams<Name>): ChannelAddress<this>;
}

/** The refusals of a channel: code → what belongs to it. */
export type RefusalSchemas = Readonly<Record<string, Schema>>;

/** The events that the server sends on this channel. */
export type OutboundEvent<C extends RealtimeChannel> = EventOf<C["payload"]>;
/** What a use case passes to `broadcast`. */
export type OutboundInput<C extends RealtimeChannel, Event extends string> = InputOf<SchemaOf<C["payload"], Event>>;
/** What a subscriber receives. */
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

/** What a client receives as the reply: the `reply` schema's output, or anything JSON where the channel declares none. */
export type ReplyOutput<C extends RealtimeChannel> = C["reply"] extends Schema ? OutputOf<C["reply"]> : unknown;
/** What a handler may return. */
export type ReplyInput<C extends RealtimeChannel> = C["reply"] extends Schema ? InputOf<C["reply"]> : unknown;

/** What a subscriber passes as `ask`; undefined where the channel declares none. */
export type AskInput<C extends RealtimeChannel> = C["ask"] extends Schema ? InputOf<C["ask"]> : undefined;
/** What guards and the opening receive as `ask`. */
export type AskOutput<C extends RealtimeChannel> = C["ask"] extends Schema ? OutputOf<C["ask"]> : undefined;

/** What an opening returns: the `opening` schema's input, or any JSON where the channel declares none. */
export type OpeningInput<C extends RealtimeChannel> = C["opening"] extends Schema ? InputOf<C["opening"]> : unknown;
/** What a new subscriber receives as the opening. */
export type OpeningOutput<C extends RealtimeChannel> = C["opening"] extends Schema ? OutputOf<C["opening"]> : unknown;

/** The codes of a channel's own refusals. */
export type RefusalCode<C extends RealtimeChannel> = C["errors"] extends RefusalSchemas
  ? keyof C["errors"] & string
  : never;
/** What a handler passes with a refusal. */
export type RefusalInput<C extends RealtimeChannel, Code extends string> = C["errors"] extends RefusalSchemas
  ? InputOf<C["errors"][Code]>
  : never;
/** What a client receives with a refusal. */
export type RefusalOutput<C extends RealtimeChannel, Code extends string> = C["errors"] extends RefusalSchemas
  ? OutputOf<C["errors"][Code]>
  : never;

/** The user that a handler sees: never null unless the scope is `"public"`. */
export type ChannelUser<C extends RealtimeChannel> = "public" extends C["scope"] ? RealtimeUser | null : RealtimeUser;
