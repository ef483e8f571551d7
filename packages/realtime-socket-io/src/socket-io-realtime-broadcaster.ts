import { randomUUID } from "node:crypto";
import {
  addressOf,
  InProcessBroker,
  RealtimeError,
  type Addressable,
  type BroadcastMessage,
  type BroadcastReceipt,
  type ChannelAddress,
  type ChannelOf,
  type Clock,
  type EnvelopeFrame,
  type IRealtimeBroadcaster,
  type IRealtimeBroker,
  type RealtimeChannel,
} from "@repo/core-realtime";
import {
  DEFAULT_LIMITS,
  publicationOf,
  systemClock,
  TimedBroadcastGate,
  type Publication,
} from "@repo/core-realtime/server";
import { roomOf } from "./room.js";

/** Whatever can emit to a room: a `SocketIORealtimeServer`, a Socket.IO server, an `Emitter` of `@socket.io/redis-emitter`. */
export interface RoomSpeaker {
  /** The room of this name. */
  to(room: string): RoomOperator;
}

/** One room of it. */
export interface RoomOperator {
  /** Sends the frame to every socket of the room. */
  emit(event: string, frame: EnvelopeFrame): unknown;
  /** The same, but for sockets that are not ready: they miss it. */
  readonly volatile: { emit(event: string, frame: EnvelopeFrame): unknown };
}

/** What `SocketIORealtimeBroadcaster` takes beside its emitter. */
export interface SocketIORealtimeBroadcasterOptions {
  /** The broker of the process's `createRealtime`, where it has one: a real one is refused. */
  readonly broker?: IRealtimeBroker | undefined;
  /** A larger payload, in bytes of JSON, is refused; default 256 KiB. */
  readonly maxBroadcastBytes?: number;
  /** How long an asynchronous payload schema may take: 10 s, unless you set it. */
  readonly handlerMs?: number;
  /** The time of the envelopes; default: that of the system. */
  readonly clock?: Clock;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent?: () => string | undefined;
}

/**
 * Publishes straight to Socket.IO's rooms: for workers, and where Socket.IO's own adapter is the cluster. Gate 4 holds; there is no
 * history, so channels that need one, or that conflate, are refused.
 * @example const realtime = new SocketIORealtimeBroadcaster(new Emitter(redis)); // in a worker
 */
export class SocketIORealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #speaker: RoomSpeaker;
  readonly #clock: Clock;
  readonly #gate: TimedBroadcastGate;
  readonly #traceparent: () => string | undefined;

  constructor(speaker: RoomSpeaker, options: SocketIORealtimeBroadcasterOptions = {}) {
    const { broker, clock = systemClock, maxBroadcastBytes = DEFAULT_LIMITS.maxBroadcastBytes } = options;
    const { handlerMs = DEFAULT_LIMITS.handlerMs } = options;
    if (broker && !(broker instanceof InProcessBroker))
      throw new TypeError(
        "There are two clusters: a broker, and Socket.IO's adapter. Publish through realtime.broadcaster and leave SocketIORealtimeBroadcaster out, or give createRealtime no broker.",
      );
    this.#speaker = speaker;
    this.#clock = clock;
    this.#gate = new TimedBroadcastGate({ clock, limits: { handlerMs, maxBroadcastBytes } });
    this.#traceparent = options.traceparent ?? (() => undefined);
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const address = addressOf(to);
    refuseWhatNeedsMore(address.channel);
    const publication = publicationOf(address.channel, message);
    if (publication.options.idempotencyKey !== undefined)
      throw new RealtimeError("BROADCAST_INVALID", {
        detail: `${address.name}: an idempotencyKey lives in a history, and Socket.IO's rooms have none`,
      });
    const json = await this.#gate.pass(address, publication);
    const payload: unknown = json === undefined ? undefined : JSON.parse(json); // Socket.IO's own encoder writes it again
    const frame = this.#frameOf(address, { ...publication, payload });
    const room = this.#speaker.to(roomOf(address.name));
    if (address.channel.overflow.kind === "drop") room.volatile.emit(frame.type, frame);
    else room.emit(frame.type, frame);
    return { id: frame.id, repeated: false };
  }

  #frameOf({ name }: ChannelAddress, { event, payload, options }: Publication): EnvelopeFrame {
    const trace = this.#traceparent();
    const sender = options.sender ?? { type: "system" };
    return {
      type: "message",
      id: randomUUID(),
      channel: name,
      event,
      payload,
      at: this.#clock.now(),
      sender,
      ...(trace !== undefined && { trace }),
    };
  }
}

function refuseWhatNeedsMore({ name, history, overflow }: RealtimeChannel): void {
  if (history)
    throw new TypeError(
      `Channel "${name}" keeps a history, and what SocketIORealtimeBroadcaster publishes has no position in one: publish through createRealtime's broadcaster.`,
    );
  if (overflow.kind === "conflate")
    throw new TypeError(
      `Channel "${name}" conflates, and Socket.IO's rooms cannot: publish through createRealtime's broadcaster, or declare overflow "drop".`,
    );
}
