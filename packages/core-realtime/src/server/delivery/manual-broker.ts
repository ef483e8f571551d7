import type { BrokerNode, IRealtimeBroker } from "../../seams/broker.seam.js";
import type { SealedEnvelope } from "../../wire/sealed-envelope.js";

/** A broker whose test decides what arrives, for the tests of this package: what is published is kept until it is delivered. */
export class ManualBroker implements IRealtimeBroker {
  readonly published: SealedEnvelope[] = [];
  readonly wanted: string[] = [];
  readonly unwanted: string[] = [];
  /** What `want` returns; nothing by default. */
  onWant: (channel: string) => Promise<void> | void = () => undefined;
  /** What `unwant` does beside noting the channel; nothing by default. */
  onUnwant: (channel: string) => Promise<void> | void = () => undefined;
  /** Called before an envelope is kept; nothing by default. */
  onPublish: () => void = () => undefined;
  #node: BrokerNode | undefined;

  get node(): BrokerNode {
    if (!this.#node) throw new Error("No node has joined.");
    return this.#node;
  }

  join(_nodeId: string, node: BrokerNode) {
    this.#node = node;
    return {
      publish: (envelope: SealedEnvelope) => {
        this.onPublish();
        this.published.push(envelope);
      },
      want: (channel: string) => {
        this.wanted.push(channel);
        return this.onWant(channel);
      },
      unwant: (channel: string) => {
        this.unwanted.push(channel);
        return this.onUnwant(channel);
      },
      command: async (command: Parameters<BrokerNode["onCommand"]>[0]) => {
        await node.onCommand(command);
        return { nodes: 1, givenUp: [] };
      },
      leave: () => undefined,
    };
  }

  /** Delivers what was published under these indexes, in this order. */
  deliver(...indexes: readonly number[]): void {
    for (const index of indexes) {
      const envelope = this.published[index];
      if (envelope) this.node.onEnvelope(envelope);
    }
  }

  close(): void {}
}
