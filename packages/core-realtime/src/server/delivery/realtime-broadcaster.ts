import { randomBytes } from "node:crypto";
import { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "../../channel/channel-address.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import type { BrokerMembership } from "../../seams/broker.seam.js";
import type { BroadcastMessage, BroadcastReceipt, IRealtimeBroadcaster } from "../../seams/broadcaster.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { HistoryReceipt, IRealtimeHistory } from "../../seams/history.seam.js";
import type { RealtimeSender } from "../../wire/envelope.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { idAt, placedAt, type SealedEnvelope } from "../../wire/sealed-envelope.js";
import { broadcastGate, publicationOf, type Publication } from "../gates/broadcast.gate.js";
import { ChannelRates } from "../limits/channel-rates.js";
import { beginDecision, type GateTrace } from "../gates/gate-decision.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { Observers } from "../observers.js";
import { andThen, isThenable } from "../../thenable.js";
import { AppendQueue } from "./append-queue.js";

export interface RealtimeBroadcasterDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly history: IRealtimeHistory;
  /** The node's membership of its broker; `createRealtime` fills it in when the broker has let the node in. */
  readonly publish: BrokerMembership["publish"];
  /** The node is cut off from the others: what it stored now, nobody would deliver before it is back. */
  readonly isIsolated: () => boolean;
  readonly observer: Pick<Observers, "observe" | "wants">;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent: () => string | undefined;
}

/** Publishes: gate 4, then the history, then the broker, which delivers to every node. */
export class RealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #deps: RealtimeBroadcasterDeps;
  readonly #appends: AppendQueue;
  readonly #rates: ChannelRates;
  readonly #ids = new MessageIds();

  constructor(deps: RealtimeBroadcasterDeps) {
    this.#deps = deps;
    this.#appends = new AppendQueue(deps.history, deps.limits.maxPendingBroadcasts);
    this.#rates = new ChannelRates(deps.clock);
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const address = addressOf(to);
    return this.publish(address, publicationOf(address.channel, message));
  }

  /** Gate 4 and on; at once where schema, history and broker are synchronous. */
  publish(address: ChannelAddress, publication: Publication): Promise<BroadcastReceipt> | BroadcastReceipt {
    const { name: channel } = address;
    const { event } = publication;
    const decision = beginDecision(() => ({ gate: "broadcast", channel, event }), this.#deps);
    const { trace } = decision;
    trace.by = "schema";
    try {
      const receipt = this.#gate(address, publication, trace);
      if (isThenable(receipt)) receipt.then(() => decision.end(), decision.end);
      else decision.end();
      return receipt;
    } catch (error) {
      decision.end(error);
      throw error;
    }
  }

  #gate(
    address: ChannelAddress,
    publication: Publication,
    trace: GateTrace,
  ): Promise<BroadcastReceipt> | BroadcastReceipt {
    const { registry, limits, isIsolated } = this.#deps;
    if (isIsolated()) throw new RealtimeError("ISOLATED", { retryAfterMs: 1_000 });
    if (registry.resolve(address.name)?.address.channel !== address.channel)
      throw new RealtimeError("BROADCAST_INVALID", {
        detail: `${address.name} is not registered; register its channel first`,
      });
    if (publication.options.idempotencyKey !== undefined && !address.channel.history)
      throw new RealtimeError("BROADCAST_INVALID", {
        detail: `${address.channel.name}: an idempotencyKey lives in the channel's history; declare history: { size, ttlMs }`,
      });
    const sealed = broadcastGate(address, publication, limits.maxBroadcastBytes);
    return andThen(sealed, (json) => {
      const envelope = this.#envelopeOf(address, publication, json);
      const { rate } = address.channel;
      trace.by = "history";
      if (!rate) return this.#place(address, envelope, publication);
      trace.by = "rate";
      return this.#rates.admit(address.name, rate, () => this.#place(address, envelope, publication));
    });
  }

  #place(
    { channel }: ChannelAddress,
    envelope: SealedEnvelope,
    { options }: Publication,
  ): Promise<BroadcastReceipt> | BroadcastReceipt {
    const policy = channel.history;
    if (!policy) return this.#publish(envelope, { id: envelope.id, repeated: false });
    const appended = this.#appends.append({ envelope, policy, idempotencyKey: options.idempotencyKey });
    return andThen(appended, (receipt) => this.#receipt(envelope, receipt));
  }

  #receipt(envelope: SealedEnvelope, receipt: HistoryReceipt): Promise<BroadcastReceipt> | BroadcastReceipt {
    switch (receipt.kind) {
      case "placed": {
        const { position } = receipt;
        return this.#publish(placedAt(position, envelope), { id: idAt(position), position, repeated: false });
      }
      case "relayed": {
        const { id, position } = receipt;
        const stored = position ? placedAt(position, envelope) : envelope;
        this.#deps.observer.observe({ kind: "broadcast", envelope: stored });
        return { id, position, repeated: false };
      }
      case "unkept":
        return this.#publish(envelope, { id: envelope.id, repeated: false });
      case "repeated":
        return { id: receipt.id, position: receipt.position, repeated: true };
      default:
        return receipt satisfies never;
    }
  }

  /**
   * A message in the history is published, whatever the broker says: its nodes read the history where an envelope is lost. The failure
   * is observed; without a history it is the sender's.
   */
  #publish(envelope: SealedEnvelope, receipt: BroadcastReceipt): Promise<BroadcastReceipt> | BroadcastReceipt {
    const { publish, observer } = this.#deps;
    const done = () => {
      if (observer.wants("broadcast")) observer.observe({ kind: "broadcast", envelope });
      return receipt;
    };
    const failed = (cause: unknown) => {
      observer.observe({ kind: "failed", where: "broker", cause, channel: envelope.channel });
      if (envelope.position === undefined) throw cause;
      return done();
    };
    try {
      const published = publish(envelope);
      return isThenable(published) ? Promise.resolve(published).then(done, failed) : done();
    } catch (cause) {
      return failed(cause);
    }
  }

  #envelopeOf({ name }: ChannelAddress, { event, options }: Publication, json: string | undefined): SealedEnvelope {
    const { clock, traceparent } = this.#deps;
    return {
      id: this.#ids.next(),
      channel: name,
      event,
      json,
      at: clock.now(),
      sender: options.sender ?? SYSTEM,
      position: undefined,
      trace: traceparent(),
    };
  }
}

const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });

/** Ids of messages without a position: unique over all nodes, and short, since each travels. */
class MessageIds {
  readonly #node = randomBytes(6).toString("base64url"); // 48 bits: two nodes that share one are a one in a million among 20 000
  #count = 0;

  next(): string {
    this.#count += 1;
    return `${this.#node}${this.#count.toString(36)}`;
  }
}
