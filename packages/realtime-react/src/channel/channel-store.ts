import type { RealtimeChannel } from "@repo/core-realtime";
import type { ChannelHandle, ChannelMessage, ChannelState, RealtimeClient } from "@repo/realtime-client";
import { isNewer, type Preloaded } from "../preloaded.js";
import type { OfChannel } from "../use-kept.js";
import { ChannelFollower, type ChannelWanted } from "./channel-follower.js";

type Message = ChannelMessage<RealtimeChannel>;

/** What a component makes of a channel's messages. */
export interface ChannelReading {
  readonly preloaded?: Preloaded | undefined;
  readonly reduce?: ((data: never, message: Message) => unknown) | undefined;
  readonly keep?: number | undefined;
}

/** What is painted of a channel; the same object until something changes. */
export interface ChannelSnapshot extends Omit<ChannelState<Message>, "status"> {
  readonly status: "subscribing" | "subscribed" | "refused";
  readonly data: unknown;
  readonly messages: readonly Message[];
  readonly isStale: boolean;
}

type Own = Pick<ChannelSnapshot, "data" | "messages" | "isStale">;

/** The picture of a channel for one component: the state that all share, and what this one gathers. */
export class ChannelStore implements OfChannel {
  readonly client: RealtimeClient;
  readonly name: string;
  readonly ask: string | undefined;
  readonly publish: ChannelHandle["publish"];
  readonly #follower: ChannelFollower;
  readonly #reading: Omit<ChannelReading, "preloaded">;
  #taken: Preloaded | undefined;
  #own: Own;
  #change: (() => void) | undefined;
  #made: { readonly state: ChannelState<Message>; readonly own: Own; readonly snapshot: ChannelSnapshot } | undefined;
  /** What the server rendered, and so what is rendered first. */
  readonly #first: ChannelSnapshot;

  constructor(client: RealtimeClient, wanted: ChannelWanted, { preloaded, ...reading }: ChannelReading) {
    const { name } = client.channel(wanted.template, wanted.params);
    const fitting = preloaded?.channel === name ? preloaded : undefined;
    const options = fitting ? { ...wanted.options, since: fitting.position } : wanted.options;
    this.client = client;
    this.name = name;
    this.#reading = reading;
    this.#taken = fitting;
    this.#follower = new ChannelFollower(client, { ...wanted, options });
    this.ask = this.#follower.ask;
    this.publish = this.#follower.handle.publish;
    this.#own = { data: fitting?.data, messages: [], isStale: false };
    this.#first = { ...this.#own, status: "subscribing", position: options?.since };
  }

  /** No component has been painted with it: it may wait for a reply and hides nothing. */
  get isNew(): boolean {
    return this.#change === undefined;
  }

  /** Data are waiting for what was published since: subscribe before the components that begin now. */
  readonly arrive = (): (() => void) | undefined => (this.#taken ? this.#follower.holdIfFree() : undefined);

  readonly subscribe = (change: () => void): (() => void) => {
    this.#change = change;
    return this.#follower.subscribe({
      message: (message) => this.#gather(message),
      gap: () => this.#become({ ...this.#own, isStale: true }),
      change,
    });
  };

  readonly snapshot = (): ChannelSnapshot => {
    const { state } = this.#follower.handle;
    if (this.#made?.state !== state || this.#made.own !== this.#own) {
      const status = state.status === "idle" ? "subscribing" : state.status; // who looks at it listens, or is about to
      const { position = this.#first.position } = state;
      const isStale = this.#own.isStale || state.isStale === true;
      this.#made = { state, own: this.#own, snapshot: { ...state, ...this.#own, status, position, isStale } };
    }
    return this.#made.snapshot;
  };

  readonly firstSnapshot = (): ChannelSnapshot => this.#first;

  /** The page was rendered anew on the server. Only who has missed something needs it: what came live is as new. */
  readonly renew = (preloaded: Preloaded | undefined): void => {
    if (!this.#own.isStale || !isNewer(preloaded, this.#taken) || preloaded.channel !== this.name) return;
    if (!this.#follower.canResume(preloaded.position)) return; // would be stale at once: written into a component, it would render for ever
    this.#taken = preloaded;
    this.#become({ ...this.#own, data: preloaded.data, isStale: false });
    this.#follower.resume(preloaded.position);
  };

  #gather(message: Message): void {
    const { reduce, keep = 0 } = this.#reading;
    const { data, messages, isStale } = this.#own;
    this.#become({
      data: reduce ? reduce(data as never, message) : data, // the hook's type has put the two together
      messages: keep ? [...messages, message].slice(-keep) : messages,
      isStale,
    });
  }

  #become(own: Own): void {
    this.#own = own;
    this.#change?.();
  }
}
