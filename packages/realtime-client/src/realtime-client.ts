import type { AskInput, ChannelParams, OpenEvents, ParamName, RealtimeChannel, Schema } from "@repo/core-realtime";
import type { ChannelHandle } from "./channel/channel-handle.js";
import type { AttachOptions } from "./channel/join-options.js";
import type { ChannelMistake } from "./channel-mistake.js";
import type { ConnectionState } from "./connection/connection-state.js";

/** The channel of this name, among the app's; where the app has given no list, any channel. */
export type ChannelNamed<Channels extends RealtimeChannel, Name extends string> = string extends Channels["name"]
  ? Channels
  : Extract<Channels, { readonly name: Name }>;

/** The `ask` of a channel: as its schema reads it, required where the schema requires one, absent where there is none. */
export type AskOption<C extends RealtimeChannel> = RealtimeChannel extends C
  ? { readonly ask?: unknown } // a channel of which nothing is known
  : C["ask"] extends Schema
    ? undefined extends AskInput<C>
      ? { readonly ask?: AskInput<C> }
      : { readonly ask: AskInput<C> }
    : { readonly ask?: undefined };

/** What follows a channel's name: its parameters where it has placeholders, then what a first subscribe requests. */
export type ChannelArguments<C extends RealtimeChannel> = ArgumentsWith<C, Omit<AttachOptions, "ask"> & AskOption<C>>;

/** Parameters and options of a channel; the options may not be left out where it requires an `ask`. */
export type ArgumentsWith<C extends RealtimeChannel, Options> = string extends C["name"]
  ? readonly [params?: Readonly<Record<string, string>>, options?: Options]
  : Record<never, never> extends AskOption<C>
    ? [ParamName<C["name"]>] extends [never]
      ? readonly [params?: Readonly<Record<string, never>>, options?: Options]
      : readonly [params: ChannelParams<C["name"]>, options?: Options]
    : readonly [
        params: [ParamName<C["name"]>] extends [never] ? Readonly<Record<string, never>> : ChannelParams<C["name"]>,
        options: Options,
      ];

/** Any event, each with this payload: what is known of a channel whose name is known only at run time. */
export type RawChannel<Payload = unknown> = RealtimeChannel<
  string,
  OpenEvents<Schema<Payload>>,
  OpenEvents<Schema<Payload>>
>;

/** The channel that a name or a value means. */
type ChannelOfTarget<Channels extends RealtimeChannel, Target extends string | RealtimeChannel> = Target extends string
  ? ChannelNamed<Channels, Target>
  : Extract<Target, RealtimeChannel>;

/** Opens a channel; nothing is sent until it has a listener. */
export interface OpenChannel<Channels extends RealtimeChannel = RealtimeChannel> {
  /**
   * A channel by its name, typed by the app's list: names are checked, payloads are not. Or by its value, whose schemas then check each
   * payload on arrival.
   */
  <Target extends Channels["name"] | RealtimeChannel>(
    channel: Target,
    ...rest: ChannelArguments<ChannelOfTarget<Channels, NoInfer<Target>>>
  ): ChannelHandle<ChannelOfTarget<Channels, Target>>;
  /** Whatever does not fit: the compiler reports the reason. */
  <const Target, const Arguments extends readonly unknown[]>(
    channel: ChannelMistake<Channels, Target, Arguments> & Target,
    ...rest: Arguments
  ): ChannelHandle;
  /**
   * A channel by its name as the database has it, such as `"order:123"`: for channels that are declared in SQL. Each part may be any text
   * without `:` and `%`; payloads are not checked.
   */
  raw<Payload = unknown>(name: string, options?: AttachOptions): ChannelHandle<RawChannel<Payload>>;
}

/** A client of the app's channels. */
export interface RealtimeClient<Channels extends RealtimeChannel = RealtimeChannel> {
  /** Where the connection stands; a new object whenever something changed. */
  readonly state: ConnectionState;
  /** The name of the transport in use. */
  readonly transport: string | undefined;
  /** The last round trip of a heartbeat. */
  readonly latencyMs: number | undefined;
  /** A channel of this client. */
  readonly channel: OpenChannel<Channels>;
  /** Connects now; the first subscription does it by itself. */
  connect(): void;
  /** Ends the connection and every subscription; what waits to be sent is refused. */
  disconnect(): void;
  /** Sends the current identity to the server: call it after a sign-in or sign-out. */
  refresh(): Promise<void>;
  /** Calls back whenever `state` is another object; returns the undo. */
  watch(listener: () => void): () => void;
  /**
   * Calls back with whatever goes wrong without a caller: a `RealtimeRefusal` where the server refused or ended the connection (`state.error`
   * has it too), what a listener, a transport or `auth` threw, a message that does not fit. Returns the undo.
   */
  on(event: "error", listener: (cause: unknown) => void): () => void;
}
