import type { BrokerNode } from "../../seams/broker.seam.js";

/** Losses that are reported together: the node reads each history once. */
export class GapReport {
  readonly #node: BrokerNode;
  readonly #channels = new Set<string>();
  #isAll = false;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  add(channels: readonly string[]): void {
    for (const channel of channels) this.#channels.add(channel);
  }

  addAll(): void {
    this.#isAll = true;
  }

  send(): void {
    const [isAll, channels] = [this.#isAll, [...this.#channels]];
    this.clear();
    if (isAll) this.#node.onGap();
    else if (channels.length > 0) this.#node.onGap(channels);
  }

  clear(): void {
    this.#isAll = false;
    this.#channels.clear();
  }
}
