import type { IPubSub, IRealtimeHandlerRegistry, IRealtimeHistory, IRealtimeObserver } from "@repo/core-realtime";
import { DEFAULT_LIMITS, Observers, PubSubBroker, RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { PostgresBroker } from "./broker/postgres-broker.js";
import type { SqlClient } from "./client/sql-client.js";
import { PostgresHistory } from "./history/postgres-history.js";
import { Relay } from "./relay/relay.js";

export interface PostgresRealtimeOptions {
  /** The database. The app opens and closes it. */
  readonly client: SqlClient;
  /** The channels that are declared in code; default: a registry without any yet. */
  readonly registry?: IRealtimeHandlerRegistry;
  readonly observers?: readonly IRealtimeObserver[];
  /** What carries messages between several nodes; left out where this process is the only one. */
  readonly pubSub?: IPubSub;
  /** Bytes of JSON that a message published from SQL may have; default as in `createRealtime`. */
  readonly maxBroadcastBytes?: number;
}

/** What Postgres gives a node; spread it into `createRealtime`. */
export interface PostgresRealtime {
  readonly registry: IRealtimeHandlerRegistry;
  readonly history: IRealtimeHistory;
  readonly broker: PostgresBroker;
  readonly observers: readonly IRealtimeObserver[];
  /** Stops the relay and leaves the broker; close the node before, and the client after. */
  close(): Promise<void>;
}

/**
 * Realtime on Postgres: what is published, by SQL or by a node, is delivered by every node in the order of its commits.
 * @example
 * const client = new PgClient({ connectionString });
 * await migrate(client);
 * const postgres = createPostgresRealtime({ client });
 * const realtime = createRealtime({ authenticator, ...postgres });
 */
export function createPostgresRealtime(options: PostgresRealtimeOptions): PostgresRealtime {
  const { client, pubSub, observers = [], registry = new RealtimeHandlerRegistry() } = options;
  const observer = new Observers(observers);
  const maxBytes = options.maxBroadcastBytes ?? DEFAULT_LIMITS.maxBroadcastBytes;
  const relay = new Relay({ client, registry, observer, maxBytes });
  const broker = new PostgresBroker({
    client,
    observer,
    ...(pubSub && { between: new PubSubBroker({ carrier: pubSub }) }),
  });
  relay.start();
  return {
    registry,
    history: new PostgresHistory(client),
    broker,
    observers,
    async close() {
      await Promise.all([broker.close(), relay.stop()]);
    },
  };
}
