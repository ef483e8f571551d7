import {
  InProcessBroker,
  type BrokerEnvelope,
  type BrokerMembership,
  type BrokerNode,
  type IRealtimeBroker,
} from "@repo/core-realtime";

/** A broker of which one node can lose everything: what the others publish meanwhile is lost for it, until the test reports it. */
export class LosingBroker implements IRealtimeBroker {
  readonly #broker = new InProcessBroker();
  /** The nodes in the order in which they joined. */
  readonly nodes: BrokerNode[] = [];
  readonly #deaf = new Set<BrokerNode>();
  readonly #isolated = new Set<BrokerNode>();

  join(nodeId: string, node: BrokerNode): Promise<BrokerMembership> | BrokerMembership {
    this.nodes.push(node);
    const { onCommand, onGap, onIsolated, onRejoined } = bound(node);
    const onEnvelope = (envelope: BrokerEnvelope) => {
      if (!this.#deaf.has(node) && !this.#isolated.has(node)) node.onEnvelope(envelope);
    };
    return this.#broker.join(nodeId, { onEnvelope, onCommand, onGap, onIsolated, onRejoined });
  }

  /** Loses everything for one node while `act` runs. */
  async lose(index: number, act: () => Promise<unknown>): Promise<void> {
    const node = this.#nodeAt(index);
    this.#deaf.add(node);
    await act();
    this.#deaf.delete(node);
  }

  isolate(index: number): void {
    const node = this.#nodeAt(index);
    this.#isolated.add(node);
    node.onIsolated();
  }

  rejoin(index: number): void {
    const node = this.#nodeAt(index);
    this.#isolated.delete(node);
    node.onRejoined();
    for (const each of this.nodes) each.onGap();
  }

  /** Reports to one node that it may have missed something of every channel. */
  report(index: number): void {
    this.#nodeAt(index).onGap();
  }

  close(): void {
    void this.#broker.close();
  }

  #nodeAt(index: number): BrokerNode {
    const node = this.nodes[index];
    if (!node) throw new Error(`Node ${index} has not joined.`);
    return node;
  }
}

function bound(node: BrokerNode) {
  return {
    onCommand: node.onCommand.bind(node),
    onGap: node.onGap.bind(node),
    onIsolated: node.onIsolated.bind(node),
    onRejoined: node.onRejoined.bind(node),
  };
}
