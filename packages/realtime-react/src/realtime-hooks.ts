import type {
  ChannelParams,
  InboundInput,
  OpeningOutput,
  OutboundEvent,
  OutboundOutput,
  ParamName,
  RealtimeChannel,
} from "@repo/core-realtime";
import type {
  ArgumentsWith,
  AskOption,
  ChannelHandle,
  ChannelMessage,
  ChannelMistake,
  ChannelNamed,
  RealtimeClient,
} from "@repo/realtime-client";
import type { OptimisticCollection } from "@repo/realtime-client/optimistic";
import type { ReactNode } from "react";
import type { ChannelSnapshot } from "./channel/channel-store.js";
import type { ChannelUse } from "./channel/use-channel.js";
import type { CollectionReading, CollectionSnapshot } from "./collection/collection-store.js";
import type { Preloaded } from "./preloaded.js";
import type { PresenceSnapshot } from "./presence/shared-presence.js";
import type { RealtimeProviderProps } from "./realtime-provider.js";
import type { EventOptions } from "./use-event.js";
import type { UsedConnection } from "./use-connection.js";

/** What follows a channel's name: its parameters where it has placeholders, then the options of the hook, its `ask` included. */
export type HookArguments<C extends RealtimeChannel, Options> = ArgumentsWith<C, Options & AskOption<C>>;

/** The last argument of `useEvent`. */
export type EventArgument<C extends RealtimeChannel> =
  Record<never, never> extends AskOption<C>
    ? readonly [options?: EventOptions & AskOption<C>]
    : readonly [options: EventOptions & AskOption<C>];

/** The same for a presence channel, which takes no `ask`. */
export type PresenceArguments<Name extends string, Options> = string extends Name
  ? readonly [params?: Readonly<Record<string, string>>, options?: Options]
  : [ParamName<Name>] extends [never]
    ? readonly [params?: Readonly<Record<string, never>>, options?: Options]
    : readonly [params: ChannelParams<Name>, options?: Options];

/** The values of a channel's placeholders; `{}` where it has none. */
export type ParamsOf<Name extends string> = string extends Name
  ? Readonly<Record<string, string>>
  : ChannelParams<Name>;

/** How a component listens to a channel. `reduce` is pure and taken from the first render. */
export interface UseChannelOptions<C extends RealtimeChannel, Data> extends Omit<
  ChannelUse,
  "preloaded" | "reduce" | "ask"
> {
  /** Painted first; then everything that was published since its position. */
  readonly preloaded?: Preloaded<Data> | undefined;
  /** What a message makes of `data`. It may receive a message that the preloaded data contain already. */
  readonly reduce?: ((data: Data, message: ChannelMessage<C>) => Data) | undefined;
  /** How many of the last messages `messages` holds; default none. */
  readonly keep?: number | undefined;
  /** Waits for the server's reply in the nearest `<Suspense>`; what is preloaded waits for nothing. */
  readonly suspense?: boolean | undefined;
}

/** A channel as a component sees it. */
export interface UsedChannel<C extends RealtimeChannel, Data> extends Omit<
  ChannelSnapshot,
  "data" | "latest" | "messages" | "opening" | "isStale"
> {
  /** What `reduce` has made of the preloaded data. */
  readonly data: Data;
  /** The state that the channel gave at the last subscribe. */
  readonly opening?: OpeningOutput<C> | undefined;
  /** The last message. */
  readonly latest?: ChannelMessage<C> | undefined;
  /** The last messages, as many as `keep` says. */
  readonly messages: readonly ChannelMessage<C>[];
  /**
   * Messages were missed and cannot be had any more: render the page anew, and the next `preloaded` is taken. Also while the server has
   * ended the subscription and it is requested again.
   */
  readonly isStale: boolean;
  /** Sends; resolves with the handler's reply. */
  readonly publish: ChannelHandle<C>["publish"];
}

/** Listeners by event. */
export type EventListeners<C extends RealtimeChannel> = {
  readonly [Event in OutboundEvent<C>]?: (
    payload: OutboundOutput<C, Event>,
    message: Extract<ChannelMessage<C>, { readonly event: Event }>,
  ) => void;
};

/** Channels of this app that have a sibling for presence. */
export type PresentName<Channels extends RealtimeChannel> = Channels["name"] extends infer Name
  ? Name extends `presence:${infer Of}`
    ? Of
    : never
  : never;

/** The presence meta that a tab sends on a channel. */
export type PresenceMetaInput<Channels extends RealtimeChannel, Of extends string> =
  InboundInput<ChannelNamed<Channels, `presence:${Of}`>, "presence:heartbeat"> extends { readonly meta: infer Meta }
    ? Meta
    : never;

/** The presence meta that it receives of others. */
export type PresenceMetaOutput<Channels extends RealtimeChannel, Of extends string> =
  OutboundOutput<ChannelNamed<Channels, `presence:${Of}`>, "presence:update"> extends { readonly meta?: infer Meta }
    ? NonNullable<Meta>
    : never;

/** How rows come from a channel. Everything but `preloaded` is taken from the first render. */
export interface UseCollectionOptions<C extends RealtimeChannel, Row> extends Omit<CollectionReading<Row>, "read"> {
  /** The change of a row in a message; `readEntity` reads entity channels. */
  readonly read: (message: ChannelMessage<C>) => ReturnType<CollectionReading<Row>["read"]>;
}

/** Rows as a component sees them, and what one can do to them. */
export interface UsedCollection<C extends RealtimeChannel, Row> extends CollectionSnapshot<Row> {
  /** `create`, `update`, `delete` show at once; `pendingOf(id)` lists what is not settled. */
  readonly collection: Omit<OptimisticCollection<Row>, "rows" | "receive" | "load">;
  /** Sends; resolves with the handler's reply. */
  readonly publish: ChannelHandle<C>["publish"];
}

/** The hooks of one list of channels. */
export interface RealtimeHooks<Channels extends RealtimeChannel> {
  /** Gives the hooks below it their client. */
  RealtimeProvider(props: RealtimeProviderProps<RealtimeClient<Channels>>): ReactNode;
  /** Subscribes while the component is mounted: the last messages, the state and `publish`. */
  useChannel<Name extends Channels["name"], Data = undefined>(
    name: Name,
    ...rest: HookArguments<
      ChannelNamed<Channels, NoInfer<Name>>,
      UseChannelOptions<ChannelNamed<Channels, NoInfer<Name>>, Data>
    >
  ): UsedChannel<ChannelNamed<Channels, Name>, Data>;
  /** Whatever does not fit: the compiler says why. */
  useChannel<const Name, const Arguments extends readonly unknown[]>(
    name: ChannelMistake<Channels, Name, Arguments, Omit<UseChannelOptions<Channels, unknown>, "ask">> & Name,
    ...rest: Arguments
  ): UsedChannel<Channels, unknown>;
  /** Listens to events without rendering; calls the listeners with what was published while React had hidden the component. */
  useEvent<Name extends Channels["name"]>(
    name: Name,
    params: ParamsOf<NoInfer<Name>>,
    listeners: EventListeners<ChannelNamed<Channels, NoInfer<Name>>>,
    ...rest: EventArgument<ChannelNamed<Channels, NoInfer<Name>>>
  ): void;
  /** Who is present on a channel, this tab included. */
  usePresence<Of extends PresentName<Channels>>(
    name: Of,
    ...rest: PresenceArguments<NoInfer<Of>, { readonly meta?: PresenceMetaInput<Channels, NoInfer<Of>> | undefined }>
  ): PresenceSnapshot<PresenceMetaOutput<Channels, Of>>;
  /** The state of the connection. */
  useConnection(): UsedConnection;
  /** Rows of a channel, with one's own changes at once. */
  useOptimisticCollection<Name extends Channels["name"], Row>(
    name: Name,
    params: ParamsOf<NoInfer<Name>>,
    options: UseCollectionOptions<ChannelNamed<Channels, NoInfer<Name>>, Row> &
      AskOption<ChannelNamed<Channels, NoInfer<Name>>>,
  ): UsedCollection<ChannelNamed<Channels, Name>, Row>;
}
