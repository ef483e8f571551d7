import type { BrokerEnvelope } from "@repo/core-realtime";
import { onTestFinished } from "vitest";
import { turn } from "../../event-loop-turn";
import type { BrokerUnderTest, MakeBroker } from "./broker-under-test";
import { ClusterNode } from "./cluster-node";

/** The channel that every node of a fixture wants. */
export const CHANNEL = "contract";

const STEP_MS = 20;
const PATIENCE_MS = 20_000; // of the broker's own time

/** A cluster in one case of the contract, and its time. */
export class BrokerFixture {
  readonly cluster: BrokerUnderTest;
  #elapsed = 0;

  private constructor(cluster: BrokerUnderTest) {
    this.cluster = cluster;
  }

  static async open(make: MakeBroker, seed = 1): Promise<BrokerFixture> {
    const cluster = await make(seed);
    onTestFinished(async () => cluster.close());
    return new BrokerFixture(cluster);
  }

  /** Milliseconds that have passed for the broker. */
  get now(): number {
    return this.#elapsed;
  }

  /** So many nodes that joined at once and want `CHANNEL`. */
  async nodes(count: number): Promise<readonly ClusterNode[]> {
    const nodes = await Promise.all(Array.from({ length: count }, (_, index) => this.node(`node-${index}`)));
    await this.settle(Promise.all(nodes.map((node) => node.join())));
    await this.settle(Promise.all(nodes.map(async ({ membership }) => membership.want(CHANNEL))));
    return nodes;
  }

  /** One more node, not yet joined. */
  async node(id: string): Promise<ClusterNode> {
    const broker = await this.cluster.open(id);
    onTestFinished(() => {
      void (async () => broker.close())().catch(() => undefined); // nothing passes its time any more
    });
    return new ClusterNode(id, broker, () => this.#elapsed);
  }

  /** One more node that joins and wants `CHANNEL`. */
  async joined(id: string): Promise<ClusterNode> {
    const node = await this.node(id);
    await this.settle(node.join());
    await this.settle((async () => node.membership.want(CHANNEL))());
    return node;
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.cluster.pass(STEP_MS);
      this.#elapsed += STEP_MS;
    }
    await turn();
  }

  /** Lets time pass until it is so. */
  async until(isSo: () => boolean, missing: () => string): Promise<void> {
    await turn();
    for (const start = this.#elapsed; !isSo(); await this.pass(STEP_MS))
      if (this.#elapsed - start > PATIENCE_MS) throw new Error(`After ${PATIENCE_MS} ms: ${missing()}`);
  }

  /** Lets time pass until the promise has settled. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = () => void (isSettled = true);
    promise.then(settled, settled);
    await this.until(
      () => isSettled,
      () => "a promise has not settled",
    );
    return promise;
  }

  /** Lets time pass until the node has received so many envelopes. */
  async received(node: ClusterNode, count: number): Promise<readonly BrokerEnvelope[]> {
    await this.until(
      () => node.received.length >= count,
      () => `${node.id} was to receive ${count} envelopes, and has ${node.received.length}`,
    );
    return node.received;
  }
}

export function envelope(payload: unknown, channel = CHANNEL): BrokerEnvelope {
  const json = JSON.stringify(payload);
  return { id: crypto.randomUUID(), channel, event: "message", json, at: 1, sender: { type: "system" } };
}
