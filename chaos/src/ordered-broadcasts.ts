import { setTimeout as passed } from "node:timers/promises";
import { KeyedSerialQueue } from "@repo/core-realtime";
import type { CHAOS_CHANNELS } from "./cluster/chaos-channels";
import type { ChaosNode } from "./cluster/chaos-node";
import type { Chronicle } from "./judge/chronicle";

const ISOLATED_PAUSE_MS = 100;

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
  readonly #chronicle: Chronicle;
  readonly #queues = new KeyedSerialQueue();

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** Resolves when the node's next message on the channel is published. */
  publish({ name, realtime }: PublishingNode, channel: ChaosChannel, weight?: string): Promise<void> {
    return this.#queues.push(`${name} ${channel.name}`, async () => {
      const message = this.#chronicle.say(channel.name, name);
      const receipt = await untilConnected(async () => realtime.broadcaster.broadcast(channel, { ...message, weight }));
      this.#chronicle.answered(channel.name, name, receipt);
    });
  }
}

/** Publishes again while the node is cut off from the others: it has stored nothing, and says so. */
async function untilConnected<T>(publish: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await publish();
    } catch (error) {
      if (!isIsolated(error)) throw error;
      await passed(ISOLATED_PAUSE_MS);
    }
}

function isIsolated(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ISOLATED";
}
