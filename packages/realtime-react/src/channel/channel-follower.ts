import type { RealtimeChannel, RealtimePosition } from "@repo/core-realtime";
import type {
  AttachOptions,
  ChannelHandle,
  ChannelListener,
  ChannelMessage,
  ChannelState,
  RealtimeClient,
} from "@repo/realtime-client";
import type { OfChannel } from "../use-kept.js";
import { MessageLog } from "./message-log.js";
import { valueText } from "../value-text.js";

/** Which channel, and how it is joined by whoever comes first. */
export interface ChannelWanted {
  readonly template: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly options?: AttachOptions | undefined;
}

const REPORT = (cause: unknown): void => (globalThis.reportError ?? console.error)(cause); // alone: as a method, a browser's own refuses to run

type Listener = ChannelListener<ChannelMessage<RealtimeChannel>>;

/**
 * One component's place in a channel. After it nothing is missed, and up to it nothing is delivered again: neither where others have been
 * listening before, nor where the component itself stops for a while and comes back.
 */
export class ChannelFollower implements OfChannel {
  readonly client: RealtimeClient;
  readonly handle: ChannelHandle;
  readonly #wanted: ChannelWanted;
  #at: RealtimePosition | undefined;
  #listener: Listener = {};
  #isIn = false;

  constructor(client: RealtimeClient, wanted: ChannelWanted) {
    this.client = client;
    this.#wanted = { ...wanted, options: ordered(wanted.options) };
    this.#at = wanted.options?.since;
    this.handle = this.#open();
  }

  get ask(): string | undefined {
    return valueText(this.#wanted.options?.ask);
  }

  get name(): string {
    return this.handle.name;
  }

  /** Asks for the channel, and has written down what comes until the component listens. */
  hold(): () => void {
    return MessageLog.of(this).hold(this.#open());
  }

  /** The same, unless the channel is in use with another ask: the one of the render before is until its effects are undone. */
  holdIfFree(): (() => void) | undefined {
    try {
      return this.hold();
    } catch (cause) {
      if (cause instanceof TypeError) return undefined; // where another component has it, `subscribe` throws the same
      throw cause;
    }
  }

  subscribe(listener: Listener): () => void {
    const handle = this.#open();
    const release = MessageLog.of(this).hold(handle);
    this.#listener = listener;
    this.#isIn = false;
    const stop = handle.subscribe({
      message: (message) => this.#take(message),
      opening: listener.opening,
      gap: () => this.#lose(),
      change: (state) => {
        this.#look(state);
        this.#listener.change?.(state);
      },
    });
    this.#look(handle.state);
    if (this.#isIn) listener.change?.(handle.state); // as for a listener that was there
    return () => {
      this.#listener = {};
      stop();
      release();
    };
  }

  /** Whether everything since a position is known. Data of another one leave as much missing as there is. */
  canResume(position: RealtimePosition): boolean {
    const reached = this.handle.state.position;
    return !reached || MessageLog.of(this).between(position, reached) !== undefined;
  }

  /** Data of a later time are at hand: goes on from their position. */
  resume(position: RealtimePosition): void {
    this.#at = position;
    this.#reach(this.handle.state.position);
  }

  #open(): ChannelHandle {
    const { template, params, options } = this.#wanted;
    return this.client.channel(template, params, { ...options, since: this.#at });
  }

  #look({ status, position }: ChannelState<unknown>): void {
    const wasIn = this.#isIn;
    this.#isIn = status === "subscribed";
    if (this.#isIn && !wasIn) this.#reach(position);
  }

  /** The channel stands there now, and the messages up to it may have been delivered to others only. */
  #reach(position: RealtimePosition | undefined): void {
    if (!position) return;
    const missed = this.#at ? MessageLog.of(this).between(this.#at, position) : [];
    if (missed) for (const message of missed) Promise.resolve(this.#take(message)).catch(REPORT);
    else this.#lose();
    this.#at ??= position;
  }

  #take(message: ChannelMessage<RealtimeChannel>): unknown {
    const { position } = message;
    const at = this.#at;
    if (position && at) {
      const steps = position.epoch === at.epoch ? position.offset - at.offset : Infinity;
      if (steps <= 0) return undefined;
      if (steps > 1 && !this.#wanted.options?.latest) this.#lose();
    }
    this.#at = position ?? at;
    return this.#listener.message?.(message); // a promise, perhaps: the client reports what it rejects with
  }

  #lose(): void {
    this.#at = undefined;
    this.#listener.gap?.();
  }
}

/** The client compares asks by their text: two components may write the members of one in another order. */
function ordered(options: AttachOptions | undefined): AttachOptions | undefined {
  const text = valueText(options?.ask);
  return text === undefined ? options : { ...options, ask: JSON.parse(text) };
}
