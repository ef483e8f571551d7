import type { RealtimeChannel } from "@repo/core-realtime";
import type { RealtimeClient } from "../realtime-client.js";

/** The outcome of a subscribe. */
export type SubscribeResponse =
  | { readonly ok: true; readonly channel: string }
  | { readonly ok: false; readonly channel: string; readonly error: EventError };

/** A refusal, in a code of the table and a sentence. */
export interface EventError {
  /** The code of the table. */
  readonly code: string;
  /** The sentence of the code. */
  readonly message: string;
}

/** What the server adds to each message; a payload cannot override it. */
export interface MessageMeta {
  /** The concrete name. */
  readonly channel: string;
  /** The id of the message. */
  readonly messageId: string;
  /** The sender: the server, or a user. */
  readonly senderType: "system" | "user";
  /** The user's id; undefined for the server and for anonymous visitors. */
  readonly senderId?: string | undefined;
  /** When it was published. */
  readonly timestamp: Date;
}

/** A message as its listener gets it: the payload's own fields and `meta`. What is no object is under `payload`. */
export type EventMessage<Payload = Readonly<Record<string, unknown>>> = Payload & { readonly meta: MessageMeta };

/** Events of the connection, with what they bring. A channel's events of these names are not received. */
export interface ReservedEvents {
  /** Gate 1 was passed. */
  readonly connect: undefined;
  /** An attempt to connect has failed. */
  readonly connect_error: Error;
  /** Why. */
  readonly disconnect: string;
  /** A refusal without a caller. */
  readonly error: EventError;
}

/** The event-style surface: channels by concrete name, events of all of them by one `on`. */
export interface EventSurface {
  /** Resolves when connected, rejects when the first attempt failed; further attempts are made all the same. */
  connect(): Promise<void>;
  /** Ends the connection and every subscription of this surface. */
  disconnect(): void;
  /** Joins a channel by its concrete name; resolves with the outcome. */
  subscribe(channel: string): Promise<SubscribeResponse>;
  /** Leaves a channel. */
  unsubscribe(channel: string): void;
  /** Resolves with the handler's reply; rejects with `NOT_SUBSCRIBED` where `subscribe` did not come first. */
  publish(channel: string, event: string, payload: unknown): Promise<unknown>;
  /** Listens to an event of the connection, or of all channels. */
  on<Event extends keyof ReservedEvents>(event: Event, listener: (payload: ReservedEvents[Event]) => void): void;
  on<Payload>(event: string, listener: (message: EventMessage<Payload>) => void): void;
  /** Takes the same function as `on` did. */
  off(event: string, listener: (payload: never) => void): void;
  /** Gate 1 is passed. */
  readonly isConnected: boolean;
  /** Where the connection stands. */
  readonly connectionState: "disconnected" | "connecting" | "connected";
  /** The connection's id, while there is one. */
  readonly socketId: string | undefined;
  /** The concrete names of the channels that are joined. */
  getSubscribedChannels(): string[];
}

/** A client with both surfaces. */
export type EventClient<Channels extends RealtimeChannel = RealtimeChannel> = Omit<
  RealtimeClient<Channels>,
  keyof EventSurface
> &
  EventSurface;
