import type {
  IRealtimeBroker,
  IRealtimeGuard,
  IRealtimeHandlerRegistry,
  IRealtimeHistory,
  IRealtimeObserver,
  IReplyStore,
} from "@repo/core-realtime";
import { DEFAULT_LIMITS, Observers, PubSubBroker, systemClock } from "@repo/core-realtime/server";
import { BackgroundWork, type BackgroundWorkOptions } from "./background-work.js";
import { PostgresBroker } from "./broker/postgres-broker.js";
import { PgliteClient } from "./client/pglite-client.js";
import type { SqlClient } from "./client/sql-client.js";
import { createSqlChannels, logged, type SqlChannelsOptions } from "./create-sql-channels.js";
import { PostgresHistory } from "./history/postgres-history.js";
import { PostgresPubSub } from "./pub-sub/postgres-pub-sub.js";
import { PostgresReplyStore } from "./replies/postgres-reply-store.js";
import { Relay } from "./relay/relay.js";

/** What one node takes from a database. */
export interface PostgresRealtimeOptions
  extends Omit<SqlChannelsOptions, "client">, Pick<BackgroundWorkOptions, "webhooks" | "retention"> {
  /** The database. The app opens and closes it. */
  readonly client: SqlClient;
  /** The app's own guards and observers; what is returned contains them. */
  readonly guards?: readonly IRealtimeGuard[];
  /** The app's own observers; they see what the relay and the other workers report, too. */
  readonly observers?: readonly IRealtimeObserver[];
  /**
   * Do other processes serve the same database? Default: `"several"`, and with PGlite `"one"`. With `"one"`, `expel`, `revoke` and
   * channels without history reach this process alone, and a node starts 3 s sooner.
   */
  readonly nodes?: "one" | "several";
  /** Bytes of JSON that a message published from SQL may have; default as in `createRealtime`. */
  readonly maxBroadcastBytes?: number;
}

/** What Postgres gives a node; spread it into `createRealtime`. */
export interface PostgresRealtime {
  /** Knows the channels that are rows, beside those that code registers. */
  readonly registry: IRealtimeHandlerRegistry;
  /** The app's own, and one that decides by the policies of channels declared in SQL. */
  readonly guards: readonly IRealtimeGuard[];
  /** The log in the database. */
  readonly history: IRealtimeHistory;
  /** Brings what the relay has numbered to this node. */
  readonly broker: IRealtimeBroker;
  /** Where several nodes share the replies of client messages. */
  readonly replies?: IReplyStore;
  /** The app's own, and those that count the audience and follow changes of permission. */
  readonly observers: readonly IRealtimeObserver[];
  /** Whether this process numbers the messages of all nodes. */
  readonly isRelay: boolean;
  /** Stops everything that runs in the background. Close the node before, and the client after. */
  close(): Promise<void>;
}

/**
 * Realtime on Postgres: what is published, by SQL or by a node, is delivered by every node in the order of its commits; rows of
 * realtime.channels are channels, and row-level security decides who may subscribe and publish. It starts when the node serves.
 * @example
 * const client = new PgClient({ connectionString });
 * await migrate(client);
 * const postgres = createPostgresRealtime({ client });
 * const realtime = createRealtime({ authenticator, ...postgres });
 */
export function createPostgresRealtime(options: PostgresRealtimeOptions): PostgresRealtime {
  const { client, guards = [], observers = [], clock = systemClock, onError = logged } = options;
  const channels = createSqlChannels({ ...options, clock, onError });
  const { registry } = channels;
  const work = new BackgroundWork({ webhooks: options.webhooks, retention: options.retention, client, clock, onError });
  const observed = [...observers, work.observer];
  const observer = new Observers(observed);
  const maxBytes = options.maxBroadcastBytes ?? DEFAULT_LIMITS.maxBroadcastBytes;
  const relay = new Relay({ client, registry, observer, maxBytes });
  const shared = { client, clock, onError };
  const replies = isOneOfSeveral(options) ? new PostgresReplyStore(shared) : undefined;
  const between = replies && new PubSubBroker({ carrier: new PostgresPubSub(shared) });
  const broker = new PostgresBroker({ client, observer, ...(between && { between }) });
  const followed = channels.follow(broker);
  let starting: Promise<void> | undefined;
  let isClosed = false;
  const start = async () => {
    await channels.start(); // first: nothing after it rejects
    await work.start();
    relay.start();
  };
  const started = () =>
    (starting ??= start().catch((cause: unknown) => {
      starting = undefined; // the next join tries again
      throw cause;
    }));
  return {
    registry,
    guards: [channels.guard, ...guards],
    observers: observed,
    history: new PostgresHistory(client),
    ...(replies && { replies }),
    get isRelay() {
      return relay.isLeading;
    },
    broker: {
      async join(nodeId, node) {
        if (!isClosed) await started();
        if (isClosed) throw new TypeError(CLOSED);
        return followed.join(nodeId, node);
      },
      close: () => followed.close(),
    },
    async close() {
      isClosed = true;
      await starting?.catch(() => undefined); // the caller of join has the error
      await followed.close();
      await Promise.all([channels.close(), relay.stop(), work.close(), replies?.close()]);
    },
  };
}

const CLOSED =
  "This PostgresRealtime is closed. Call createPostgresRealtime again, and createRealtime with what it returns.";

function isOneOfSeveral({ nodes, client }: PostgresRealtimeOptions): boolean {
  return (nodes ?? (client instanceof PgliteClient ? "one" : "several")) === "several";
}
