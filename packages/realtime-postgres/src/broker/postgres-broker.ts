import {
  InProcessBroker,
  type BrokerMembership,
  type BrokerNode,
  type IRealtimeBroker,
  type IRealtimeObserver,
} from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { LogReader } from "../log/log-reader.js";

/** What a broker over Postgres needs. */
export interface PostgresBrokerOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** Sees gaps, isolation and failures. */
  readonly observer: IRealtimeObserver;
  /** What carries commands, heartbeats, and messages of channels without history; default: this process alone. */
  readonly between?: IRealtimeBroker;
}

/** Delivers what the relay has numbered to each node, from the log; everything else between nodes is another broker's. */
export class PostgresBroker implements IRealtimeBroker {
  readonly #options: PostgresBrokerOptions;
  readonly #between: IRealtimeBroker;
  readonly #readers = new Set<LogReader>();

  constructor(options: PostgresBrokerOptions) {
    this.#options = options;
    this.#between = options.between ?? new InProcessBroker();
  }

  async join(nodeId: string, node: BrokerNode): Promise<BrokerMembership> {
    const reader = new LogReader({ ...this.#options, node });
    const membership = await this.#between.join(nodeId, followed(node, reader));
    try {
      await reader.open();
    } catch (error) {
      await Promise.all([reader.close(), membership.leave()]);
      throw error;
    }
    this.#readers.add(reader);
    return {
      publish: (envelope) => membership.publish(envelope),
      want: (channel) => membership.want(channel), // the log brings every channel: what has history needs no interest
      unwant: (channel) => membership.unwant(channel),
      command: (command) => membership.command(command),
      leave: async () => {
        this.#readers.delete(reader);
        await Promise.all([reader.close(), membership.leave()]);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...[...this.#readers].map((reader) => reader.close()), this.#between.close()]);
    this.#readers.clear();
  }
}

/** The node, whose log stops while it is cut off. */
function followed(node: BrokerNode, reader: LogReader): BrokerNode {
  return {
    onEnvelope: (envelope) => node.onEnvelope(envelope),
    onCommand: (command) => node.onCommand(command),
    onGap: (channels) => node.onGap(channels),
    onIsolated: () => {
      reader.pause();
      node.onIsolated();
    },
    onRejoined: () => {
      node.onRejoined();
      reader.resume();
    },
  };
}
