import { randomUUID } from "node:crypto";
import { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "../../channel/channel-address.js";
import type { Clock } from "../../seams/clock.js";
import type { RealtimeEnvelope, RealtimePosition, RealtimeSender } from "../../wire/envelope.js";
import { KeyedSerialQueue } from "../../keyed-serial-queue.js";
import type { IRealtimeBroker } from "../../seams/broker.seam.js";
import type { BroadcastMessage, BroadcastReceipt, IRealtimeBroadcaster } from "../../seams/broadcaster.seam.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { HistoryReceipt, IRealtimeHistory } from "../../seams/history.seam.js";
import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import { broadcastGate, spokenOf, type Spoken } from "../gates/broadcast.gate.js";
import type { RealtimeLimits } from "../limits/limits.js";

export interface RealtimeBroadcasterDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly history: IRealtimeHistory;
  readonly broker: IRealtimeBroker;
  readonly observer: IRealtimeObserver;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent: () => string | undefined;
}

interface Placed {
  readonly receipt: HistoryReceipt;
  readonly placed: RealtimeEnvelope;
  /** Waits for the other nodes, where there are any. */
  readonly published: Promise<void> | void;
}

/** Who speaks: gate 4, then the history, then every node. */
export class RealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #deps: RealtimeBroadcasterDeps;
  readonly #lines = new KeyedSerialQueue(); // what a channel's history places first is published first, however long a store takes

  constructor(deps: RealtimeBroadcasterDeps) {
    this.#deps = deps;
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const { registry, observer, limits } = this.#deps;
    const address = addressOf(to);
    if (registry.resolve(address.name)?.address.channel !== address.channel)
      throw new RealtimeError("BROADCAST_INVALID", {
        detail: `${address.name} is not registered; register its channel first`,
      });
    const spoken = spokenOf(address.channel, message);
    const payload = await broadcastGate(address, spoken, limits.maxBroadcastBytes);
    const envelope = this.#envelopeOf(address, spoken, payload);
    const place = () => this.#place(address, envelope, spoken);
    const { receipt, placed, published } = await (address.channel.history
      ? this.#lines.push(address.name, place)
      : place());
    if (published) await published;
    if (!receipt.repeated) observer.observe({ kind: "broadcast", envelope: placed });
    return receipt;
  }

  /** Appends and publishes, at once where the history answers at once. */
  #place(address: ChannelAddress, envelope: RealtimeEnvelope, spoken: Spoken): Promise<Placed> | Placed {
    const receipt = this.#append(address, envelope, spoken);
    if (receipt instanceof Promise) return receipt.then((later) => this.#publish(envelope, later));
    return this.#publish(envelope, receipt);
  }

  #publish(envelope: RealtimeEnvelope, receipt: HistoryReceipt): Placed {
    const placed = receipt.position ? standingAt(receipt.position, envelope) : envelope;
    return { receipt, placed, published: receipt.repeated ? undefined : this.#deps.broker.publish(placed) };
  }

  #envelopeOf({ name }: ChannelAddress, { event, options }: Spoken, payload: unknown): RealtimeEnvelope {
    const trace = this.#deps.traceparent();
    const sender = options.sender ?? SYSTEM;
    const at = this.#deps.clock.now();
    return { id: randomUUID(), channel: name, event, payload, at, sender, ...(trace !== undefined && { trace }) };
  }

  #append(
    { channel }: ChannelAddress,
    envelope: RealtimeEnvelope,
    { options }: Spoken,
  ): Promise<HistoryReceipt> | HistoryReceipt {
    const { idempotencyKey } = options;
    if (channel.history) return this.#deps.history.append({ envelope, policy: channel.history, idempotencyKey });
    if (idempotencyKey === undefined) return { id: envelope.id, repeated: false };
    throw new RealtimeError("BROADCAST_INVALID", {
      detail: `${channel.name}: an idempotencyKey lives in the channel's history; declare history: { size, ttlMs }`,
    });
  }
}

const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });

/** Written out: a spread takes a microsecond, a fifth of a whole broadcast. */
function standingAt(position: RealtimePosition, envelope: RealtimeEnvelope): RealtimeEnvelope {
  const { id, channel, event, payload, at, sender, trace } = envelope;
  const placed = { id, channel, event, payload, at, sender, position } satisfies Record<PlacedField, unknown>;
  return trace === undefined ? placed : { ...placed, trace };
}

type PlacedField = Exclude<keyof RealtimeEnvelope, "trace">; // a new field that is forgotten above does not compile
