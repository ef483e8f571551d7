import type { ChannelHandle } from "../channel/channel-handle.js";
import type { RealtimeClient } from "../realtime-client.js";
import { refusal, type RealtimeRefusal } from "../realtime-refusal.js";
import type { EventError, EventMessage, SubscribeResponse } from "./event-client.js";
import { eventMessage } from "./event-message.js";

interface Joined {
  readonly handle: ChannelHandle;
  /** The callers that wait for the server's reply. */
  readonly waiting: Set<(response: SubscribeResponse) => void>;
}

/** The callbacks. */
export interface JoinedWatch {
  readonly onMessage: (event: string, message: EventMessage) => void;
  readonly onError: (error: EventError) => void;
}

/** The channels that the event-style surface has joined, by concrete name. */
export class JoinedChannels {
  readonly #client: RealtimeClient;
  readonly #watch: JoinedWatch;
  readonly #joined = new Map<string, Joined>();

  constructor(client: RealtimeClient, watch: JoinedWatch) {
    this.#client = client;
    this.#watch = watch;
  }

  /** Those to which this client is subscribed. */
  get names(): string[] {
    return [...this.#joined].flatMap(([name, { handle }]) => (handle.status === "subscribed" ? name : []));
  }

  find(channel: string): ChannelHandle | undefined {
    return this.#joined.get(channel)?.handle;
  }

  join(channel: string): Promise<SubscribeResponse> {
    const { handle, waiting } = this.#joined.get(channel) ?? this.#begin(channel);
    return new Promise((resolve) => {
      waiting.add(resolve);
      this.#settle(channel, handle);
    });
  }

  leave(channel: string, error: RealtimeRefusal = refusal("TRANSPORT_LOST")): void {
    const joined = this.#joined.get(channel);
    if (!joined) return;
    this.#joined.delete(channel);
    joined.handle.unsubscribe();
    const { code, message } = error;
    for (const resolve of joined.waiting) resolve({ ok: false, channel, error: { code, message } });
  }

  leaveAll(): void {
    for (const channel of [...this.#joined.keys()]) this.leave(channel);
  }

  #begin(channel: string): Joined {
    const { channel: open } = this.#client;
    const handle = channel.includes("%") ? open(channel) : open.raw(channel); // a name with `%` is as on the wire
    const joined = { handle, waiting: new Set<(response: SubscribeResponse) => void>() };
    this.#joined.set(channel, joined);
    handle.subscribe({
      message: (message) => this.#watch.onMessage(message.event, eventMessage({ ...message, channel })),
      change: () => this.#settle(channel, handle),
    });
    return joined;
  }

  #settle(channel: string, { state: { status, error } }: ChannelHandle): void {
    const waiting = this.#joined.get(channel)?.waiting;
    if (!waiting) return;
    if (error) {
      this.leave(channel, error);
      this.#watch.onError({ code: error.code, message: error.message });
    } else if (status === "subscribed") {
      for (const resolve of waiting) resolve({ ok: true, channel });
      waiting.clear();
    }
  }
}
