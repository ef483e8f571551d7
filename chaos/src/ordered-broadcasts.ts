import { setTimeout as passed } from "node:timers/promises";
import { KeyedSerialQueue, type BroadcastReceipt } from "@repo/core-realtime";
import type { CHAOS_CHANNELS } from "./cluster/chaos-channels";
import type { ChaosNode } from "./cluster/chaos-node";
import type { PublishLog, Numbered } from "./checker/publish-log";
import { Outages } from "./checker/outages";

const RETRY_MS = 100;

export type ChaosChannel = (typeof CHAOS_CHANNELS)[number];

/** What is needed of a node that publishes. */
export type PublishingNode = Pick<ChaosNode, "name"> & {
  readonly realtime: Pick<ChaosNode["realtime"], "broadcaster">;
};

/**
 * Publishes a node's numbered messages in the order of their numbers, one at a time on each channel: a message that is refused and sent
 * again while another one passes it would be out of order before any server sees it.
 */
export class OrderedBroadcasts {
  readonly #publishLog: PublishLog;
  readonly #outages: Outages;
  readonly #queues = new KeyedSerialQueue();

  constructor(publishLog: PublishLog, outages = new Outages()) {
    this.#publishLog = publishLog;
    this.#outages = outages;
  }

  /** Resolves when the node's next message on the channel is published. */
  publish(node: PublishingNode, channel: ChaosChannel, weight?: string): Promise<void> {
    return this.#queues.push(`${node.name} ${channel.name}`, async () => {
      const message = this.#publishLog.publish(channel.name, node.name);
      const receipt = await this.#untilPublished(node, channel, { ...message, ...(weight && { weight }) });
      if (receipt) this.#publishLog.replied(channel.name, node.name, receipt);
      else this.#publishLog.markUncertain(channel.name, message);
    });
  }

  /**
   * Publishes again while the node is cut off from the others, and has stored nothing, or without its database, where a key prevents that a
   * message is stored twice. Without a history there is no such key: undefined, and the message is in doubt.
   */
  async #untilPublished(
    { realtime: { broadcaster } }: PublishingNode,
    channel: ChaosChannel,
    message: Numbered & { readonly weight?: string },
  ): Promise<BroadcastReceipt | undefined> {
    const options = channel.history && { idempotencyKey: `${message.by}#${message.n}` };
    for (;;)
      try {
        return await broadcaster.broadcast(channel, message, options);
      } catch (error) {
        const isExcused = this.#outages.excuses(codeOf(error), performance.now());
        if (!isExcused && codeOf(error) !== "ISOLATED") throw error;
        await passed(RETRY_MS);
        if (isExcused && !channel.history) return undefined;
      }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
