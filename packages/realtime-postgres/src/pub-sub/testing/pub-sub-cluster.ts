import type { IRealtimeBroker } from "@repo/core-realtime";
import { PubSubBroker } from "@repo/core-realtime/server";
import { FakeClock } from "@repo/core-testing";
import type { BrokerFaults, BrokerUnderTest } from "@repo/core-testing/contracts";
import type { SqlClient } from "../../client/sql-client.js";
import { ObservedCarrier } from "./observed-carrier.js";
import { DisturbedPubSub } from "./disturbed-pub-sub.js";
import { PostgresPubSub } from "../postgres-pub-sub.js";

/**
 * Brokers over a real database, with a clock controlled by the test: `pass` first lets everything arrive that was published, so that no case
 * depends on how fast the machine is.
 */
export class PubSubCluster implements BrokerUnderTest {
  readonly clock = new FakeClock();
  readonly faults: BrokerFaults;
  readonly #client: SqlClient;
  readonly #seed: number;
  readonly #nodes = new Map<string, DisturbedPubSub>();
  readonly #carriers: ObservedCarrier[] = [];
  readonly #marker: PostgresPubSub;
  readonly #prefix: string;
  #marks = 0;

  constructor(client: SqlClient, seed: number, prefix: string) {
    this.#client = client;
    this.#seed = seed;
    this.#prefix = prefix;
    this.#marker = new PostgresPubSub({ client });
    this.faults = {
      loseEnvelopes: (nodeId) => this.#node(nodeId).loseEnvelopes(),
      cut: (nodeId, direction) => this.#node(nodeId).cut(direction),
      disturb: () => {
        const undo = [...this.#nodes.values()].map((node) => node.disturb());
        return () => {
          for (const calm of undo) calm();
        };
      },
    };
  }

  open(nodeId: string): IRealtimeBroker {
    const carrier = new ObservedCarrier(new PostgresPubSub({ client: this.#client }));
    this.#carriers.push(carrier);
    const node = new DisturbedPubSub(carrier, {
      clock: this.clock,
      seed: this.#seed + this.#nodes.size,
      onPublish: (topic, text) => {
        for (const other of this.#nodes.values()) other.onPublish(topic, text);
      },
    });
    this.#nodes.set(nodeId, node);
    return new PubSubBroker({ clock: this.clock, carrier: node, prefix: this.#prefix });
  }

  async pass(ms: number): Promise<void> {
    await this.#arriveAll();
    await this.clock.advanceAsync(ms);
    await this.#arriveAll();
  }

  async close(): Promise<void> {
    await Promise.all([this.#marker, ...this.#carriers].map((carrier) => carrier.close()));
  }

  async #arriveAll(): Promise<void> {
    while (this.#carriers.some(({ isDirty }) => isDirty)) {
      await Promise.all(this.#carriers.map((carrier) => carrier.settle()));
      this.#marks += 1;
      const mark = String(this.#marks);
      await Promise.all(this.#carriers.map((carrier) => carrier.receiveAll(this.#marker, mark)));
    }
  }

  #node(nodeId: string): DisturbedPubSub {
    const node = this.#nodes.get(nodeId);
    if (!node) throw new Error(`No node ${nodeId}.`);
    return node;
  }
}
