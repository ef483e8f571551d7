import type {
  Clock,
  IRealtimeBroker,
  IRealtimeGuard,
  IRealtimeHandlerRegistry,
  IRealtimeHistory,
  IRealtimeObserver,
} from "@repo/core-realtime";
import { DEFAULT_LIMITS, Observers, PubSubBroker, systemClock } from "@repo/core-realtime/server";
import { PostgresBroker } from "./broker/postgres-broker.js";
import { PgliteClient } from "./client/pglite-client.js";
import type { SqlClient } from "./client/sql-client.js";
import { createSqlChannels, type SqlChannelsOptions } from "./create-sql-channels.js";
import { PostgresHistory } from "./history/postgres-history.js";
import { PostgresPubSub } from "./pub-sub/postgres-pub-sub.js";
import { Relay } from "./relay/relay.js";
import { Retention, type RetentionOptions } from "./retention/retention.js";
import { AudienceCounter } from "./stats/audience-counter.js";
import { WebhookWorker, type WebhookWorkerOptions } from "./webhooks/webhook-worker.js";

export interface PostgresRealtimeOptions extends Omit<SqlChannelsOptions, "client"> {
  /** The database. The app opens and closes it. */
  readonly client: SqlClient;
  /** The app's own guards and observers; what is returned contains them. */
  readonly guards?: readonly IRealtimeGuard[];
  readonly observers?: readonly IRealtimeObserver[];
  /**
   * Do other processes serve the same database? Default: `"several"`, and with PGlite `"one"`. With `"one"`, `expel`, `revoke` and
   * channels without history reach this process alone, and a node starts 3 s sooner.
   */
  readonly nodes?: "one" | "several";
  /** Bytes of JSON that a message published from SQL may have; default as in `createRealtime`. */
  readonly maxBroadcastBytes?: number;
  /** How this node delivers webhooks; `false`: it does not. */
  readonly webhooks?: Omit<WebhookWorkerOptions, "client" | "clock" | "onError"> | false;
  /** How long messages are kept; `false`: another process calls `realtime.maintain`. */
  readonly retention?: Omit<RetentionOptions, "client" | "clock" | "onError"> | false;
}

/** What Postgres gives a node; spread it into `createRealtime`. */
export interface PostgresRealtime {
  readonly registry: IRealtimeHandlerRegistry;
  readonly guards: readonly IRealtimeGuard[];
  readonly history: IRealtimeHistory;
  readonly broker: IRealtimeBroker;
  readonly observers: readonly IRealtimeObserver[];
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
  const counter = new AudienceCounter({ client, clock, onError });
  const observed = [...observers, counter];
  const observer = new Observers(observed);
  const maxBytes = options.maxBroadcastBytes ?? DEFAULT_LIMITS.maxBroadcastBytes;
  const relay = new Relay({ client, registry, observer, maxBytes });
  const work: readonly BackgroundWork[] = [
    { start: () => relay.start(), close: () => relay.stop() },
    ...optionalWork(options, { client, clock, onError }),
  ];
  const broker = new PostgresBroker({
    client,
    observer,
    ...(isOneOfSeveral(options) && {
      between: new PubSubBroker({ carrier: new PostgresPubSub({ client, clock, onError }) }),
    }),
  });
  const followed = channels.follow(broker);
  let isStarted = false;
  return {
    registry,
    guards: [channels.guard, ...guards],
    observers: observed,
    history: new PostgresHistory(client),
    broker: {
      async join(nodeId, node) {
        if (!isStarted) await channels.start();
        if (!isStarted) for (const one of work) await one.start();
        isStarted = true;
        return followed.join(nodeId, node);
      },
      close: () => followed.close(),
    },
    async close() {
      await followed.close();
      await Promise.all([channels.close(), counter.close(), ...work.map((one) => one.close())]);
    },
  };
}

interface BackgroundWork {
  start(): Promise<void> | void;
  close(): Promise<void>;
}

function optionalWork(
  { webhooks, retention }: PostgresRealtimeOptions,
  shared: { readonly client: SqlClient; readonly clock: Clock; readonly onError: (cause: unknown) => void },
): readonly BackgroundWork[] {
  return [
    ...(webhooks === false ? [] : [new WebhookWorker({ ...webhooks, ...shared })]),
    ...(retention === false ? [] : [new Retention({ ...retention, ...shared })]),
  ];
}

function isOneOfSeveral({ nodes, client }: PostgresRealtimeOptions): boolean {
  return (nodes ?? (client instanceof PgliteClient ? "one" : "several")) === "several";
}

function logged(cause: unknown): void {
  console.error("realtime-postgres:", cause);
}
