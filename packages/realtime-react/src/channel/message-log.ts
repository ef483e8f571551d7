import type { RealtimePosition } from "@repo/core-realtime";
import type { ChannelHandle, ChannelMessage } from "@repo/realtime-client";
import type { RealtimeChannel } from "@repo/core-realtime";
import { PerClient } from "../per-client.js";
import type { OfChannel } from "../use-kept.js";

const KEPT = 300; // as many as one recovery brings

type Message = ChannelMessage<RealtimeChannel>;

const LOGS = new PerClient<MessageLog>();

/** The last messages of a channel, without holes, for a component that comes later than the data it was given. */
export class MessageLog {
  readonly #of: OfChannel;
  #messages: Message[] = [];
  #holders = 0;
  #stop: (() => void) | undefined;

  constructor(of: OfChannel) {
    this.#of = of;
  }

  /** The one log of a channel. */
  static of(of: OfChannel): MessageLog {
    return LOGS.getOrMake(of, () => new MessageLog(of));
  }

  /** Listens until the last holder releases it. */
  hold(handle: ChannelHandle): () => void {
    this.#stop ??= handle.subscribe({ message: (message) => this.#note(message), gap: () => (this.#messages = []) });
    this.#holders += 1; // behind the subscribe: it throws where the channel is in use with another ask
    return () => {
      this.#holders -= 1;
      if (this.#holders > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#messages = [];
      LOGS.forget(this.#of);
    };
  }

  /** What was published after one position, up to another; undefined where that is not known any more. */
  between(from: RealtimePosition, to: RealtimePosition): readonly Message[] | undefined {
    if (from.epoch !== to.epoch) return undefined;
    if (from.offset >= to.offset) return [];
    const first = this.#messages.findIndex(({ position }) => position?.offset === from.offset + 1);
    return first < 0 ? undefined : this.#messages.slice(first);
  }

  #note(message: Message): void {
    const { position } = message;
    if (!position) return; // a channel without history: what lies between is unknown
    const last = this.#messages.at(-1)?.position;
    if (last && (last.epoch !== position.epoch || last.offset + 1 !== position.offset)) this.#messages = [];
    this.#messages.push(message);
    if (this.#messages.length > KEPT) this.#messages.shift();
  }
}
