import type { BrokerMembership, BrokerNode, IRealtimeBroker } from "../../seams/broker.seam.js";
import type { Clock } from "../../seams/clock.js";
import type { IPubSub } from "../../seams/pub-sub.seam.js";
import { systemClock } from "../system-clock.js";
import { CarrierLink } from "./carrier-link.js";
import { clusterSettings, type ClusterSettings } from "./cluster-settings.js";
import { PubSubMembership } from "./pub-sub-membership.js";

/** The carrier and the settings of a `PubSubBroker`. */
export interface PubSubBrokerOptions extends Partial<ClusterSettings> {
  /** Closed with the broker, where it can be. */
  readonly carrier: IPubSub;
  /** The clock; default: the system's. */
  readonly clock?: Clock;
}

/**
 * Connects nodes over any publish/subscribe carrier, also over one that loses, repeats and reorders. Nodes detect each other by heartbeats;
 * every envelope is numbered, and heartbeats repeat the last numbers, so that a loss is noticed where nothing follows it.
 * @example createRealtime({ authenticator, broker: new PubSubBroker({ carrier }) });
 */
export class PubSubBroker implements IRealtimeBroker {
  readonly #carrier: IPubSub;
  readonly #clock: Clock;
  readonly #settings: ClusterSettings;
  readonly #memberships = new Set<PubSubMembership>();
  #isClosed = false;

  constructor({ carrier, clock = systemClock, ...settings }: PubSubBrokerOptions) {
    this.#carrier = carrier;
    this.#clock = clock;
    this.#settings = clusterSettings(settings);
  }

  async join(nodeId: string, node: BrokerNode): Promise<BrokerMembership> {
    if (this.#isClosed) throw new Error("This broker is closed. Create another one.");
    const link = new CarrierLink(this.#carrier, this.#settings.prefix);
    const onLeft = (left: PubSubMembership) => this.#memberships.delete(left);
    const [clock, settings] = [this.#clock, this.#settings];
    const membership = new PubSubMembership({ nodeId, node, link, clock, settings, onLeft });
    this.#memberships.add(membership);
    await membership.join();
    return membership;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([...this.#memberships].map((membership) => membership.leave()));
    await this.#carrier.close?.();
  }
}
