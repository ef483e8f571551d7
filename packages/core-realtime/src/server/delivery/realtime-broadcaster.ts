import { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "../../channel/channel-address.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import type { BroadcastMessage, BroadcastReceipt, IRealtimeBroadcaster } from "../../seams/broadcaster.seam.js";
import type { HistoryReceipt } from "../../seams/history.seam.js";
import type { RealtimeSender } from "../../wire/envelope.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { placedAt, type SealedEnvelope } from "../../wire/sealed-envelope.js";
import { publicationOf, registeredTarget, type Publication, type PublicationRun } from "../gates/broadcast.gate.js";
import { TimedBroadcastGate } from "../gates/timed-broadcast-gate.js";
import { ChannelRates } from "../limits/channel-rates.js";
import { beginDecision, UNOBSERVED, endWith, type GateTrace } from "../gates/gate-decision.js";
import { isThenable } from "../../thenable.js";
import { AppendQueue } from "./append-queue.js";
import type { RealtimeBroadcasterDeps } from "./broadcaster-deps.js";
import { MessageIds } from "./message-ids.js";

/** Publishes: gate 4, then the history, then the broker, which delivers to every node. */
export class RealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #deps: RealtimeBroadcasterDeps;
  readonly #appends: AppendQueue;
  readonly #rates: ChannelRates;
  readonly #payloads: TimedBroadcastGate;
  readonly #ids = new MessageIds();

  constructor(deps: RealtimeBroadcasterDeps) {
    this.#deps = deps;
    this.#appends = new AppendQueue(deps.history, deps.limits.maxPendingBroadcasts);
    this.#rates = new ChannelRates(deps.clock);
    this.#payloads = new TimedBroadcastGate(deps);
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const address = addressOf(to);
    return this.publish(address, publicationOf(address.channel, message));
  }

  /** Publishes what waits for its channel's rate. */
  close(): void {
    this.#rates.close();
  }

  /** Gate 4 and on; at once where schema, history and broker are synchronous. */
  publish(address: ChannelAddress, publication: Publication): Promise<BroadcastReceipt> | BroadcastReceipt {
    const decision = this.#deps.observer.isObserved("decided")
      ? beginDecision({ gate: "broadcast", channel: address.name, event: publication.event }, this.#deps)
      : UNOBSERVED;
    const { trace } = decision;
    trace.by = "schema";
    try {
      const receipt = this.#gate(address, publication, trace);
      if (isThenable(receipt)) endWith(receipt, decision);
      else decision.end();
      return receipt;
    } catch (error) {
      decision.end(error);
      throw error;
    }
  }

  #gate(
    target: ChannelAddress,
    publication: Publication,
    trace: GateTrace,
  ): Promise<BroadcastReceipt> | BroadcastReceipt {
    const { registry, isIsolated } = this.#deps;
    if (isIsolated()) throw new RealtimeError("ISOLATED", { retryAfterMs: ISOLATED_MS });
    const address = registeredTarget(target, publication, registry);
    const json = this.#payloads.pass(address, publication);
    if (isThenable(json)) return this.#permittedLater(json, { address, publication, trace });
    return this.#permitted(json, { address, publication, trace });
  }

  async #permittedLater(json: PromiseLike<string | undefined>, run: PublicationRun): Promise<BroadcastReceipt> {
    return this.#permitted(await json, run);
  }

  #permitted(
    json: string | undefined,
    { address, publication, trace }: PublicationRun,
  ): Promise<BroadcastReceipt> | BroadcastReceipt {
    const envelope = this.#envelopeOf(address, publication, json);
    trace.by = "history";
    if (!address.channel.rate) return this.#place(address, envelope, publication);
    trace.by = "rate";
    return this.#placeInRate(address, envelope, publication);
  }

  #placeInRate(address: ChannelAddress, envelope: SealedEnvelope, publication: Publication) {
    const { rate } = address.channel;
    const place = () => this.#place(address, envelope, publication);
    return rate ? this.#rates.admit(address.name, rate, place) : place();
  }

  #place(
    { channel }: ChannelAddress,
    envelope: SealedEnvelope,
    { options }: Publication,
  ): Promise<BroadcastReceipt> | BroadcastReceipt {
    const policy = channel.history;
    if (!policy) return this.#publish(envelope, { id: envelope.id, repeated: false });
    const appended = this.#appends.append({ envelope, policy, idempotencyKey: options.idempotencyKey });
    return isThenable(appended) ? this.#receiptLater(envelope, appended) : this.#receipt(envelope, appended);
  }

  async #receiptLater(envelope: SealedEnvelope, appended: PromiseLike<HistoryReceipt>): Promise<BroadcastReceipt> {
    return this.#receipt(envelope, await appended);
  }

  #receipt(envelope: SealedEnvelope, receipt: HistoryReceipt): Promise<BroadcastReceipt> | BroadcastReceipt {
    switch (receipt.kind) {
      case "placed": {
        const { position, foldError } = receipt;
        const placed = placedAt(position, envelope);
        if (foldError !== undefined) this.#failed("history", foldError, envelope);
        return this.#publish(placed, { id: placed.id, position, repeated: false });
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
   * A message in the history is published, whatever the broker does: its nodes read the history where an envelope is lost. The failure
   * is observed; without a history it is the sender's.
   */
  #publish(envelope: SealedEnvelope, receipt: BroadcastReceipt): Promise<BroadcastReceipt> | BroadcastReceipt {
    try {
      const published = this.#deps.publish(envelope);
      return isThenable(published)
        ? this.#publishedLater(published, envelope, receipt)
        : this.#published(envelope, receipt);
    } catch (cause) {
      return this.#unpublished(cause, envelope, receipt);
    }
  }

  async #publishedLater(published: PromiseLike<void>, envelope: SealedEnvelope, receipt: BroadcastReceipt) {
    try {
      await published;
    } catch (cause) {
      return this.#unpublished(cause, envelope, receipt);
    }
    return this.#published(envelope, receipt);
  }

  #published(envelope: SealedEnvelope, receipt: BroadcastReceipt): BroadcastReceipt {
    const { observer } = this.#deps;
    if (observer.isObserved("broadcast")) observer.observe({ kind: "broadcast", envelope });
    return receipt;
  }

  #unpublished(cause: unknown, envelope: SealedEnvelope, receipt: BroadcastReceipt): BroadcastReceipt {
    this.#failed("broker", cause, envelope);
    if (envelope.position !== undefined) return this.#published(envelope, receipt);
    throw this.#deps.isIsolated() ? new RealtimeError("ISOLATED", { retryAfterMs: ISOLATED_MS, cause }) : cause; // the broker may have noticed it just now
  }

  #failed(where: string, cause: unknown, { channel }: SealedEnvelope): void {
    this.#deps.observer.observe({ kind: "failed", where, cause, channel });
  }

  #envelopeOf({ name }: ChannelAddress, { event, options }: Publication, json: string | undefined): SealedEnvelope {
    const { clock, traceparent } = this.#deps;
    const [id, at, trace] = [this.#ids.next(), clock.now(), traceparent()];
    return { id, channel: name, event, json, at, sender: options.sender ?? SYSTEM, position: undefined, trace };
  }
}

const ISOLATED_MS = 1_000;
const SYSTEM: RealtimeSender = Object.freeze({ type: "system" });
