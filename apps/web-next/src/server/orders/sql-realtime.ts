import type { IRealtimeHistory, IRealtimeObserver } from "@repo/core-realtime";
import { createPostgresRealtime, createSqlChannels, type SqlClient } from "@repo/realtime-postgres";
import { routedHistory } from "./routed-history";
import { SqlOrderDesk } from "./sql-order-desk";
import { SqlWebhookDesk } from "./sql-webhook-desk";

export interface SqlRealtimeParts {
  readonly client: SqlClient;
  /** Of the channels in code. */
  readonly history: IRealtimeHistory;
  readonly observers: readonly IRealtimeObserver[];
  readonly onError: (cause: unknown) => void;
}

/** What a node gets from the database: channels by patterns, their policies as a guard, delivery in the order of the commits. */
export async function createSqlRealtime({ client, history, observers, onError }: SqlRealtimeParts) {
  const orders = await SqlOrderDesk.open(client);
  const webhooks = new SqlWebhookDesk(client, onError);
  const channels = createSqlChannels({ client, onError });
  const postgres = createPostgresRealtime({ client, registry: channels.registry, observers });
  await channels.start();
  return {
    orders,
    webhooks,
    registry: channels.registry,
    guard: channels.guard,
    broker: channels.follow(postgres.broker),
    history: routedHistory({ isSql: (name) => name.startsWith("orders:"), sql: postgres.history, others: history }),
    /** After the node. */
    async close() {
      await webhooks.close();
      await channels.close();
      await postgres.close();
      await client.close();
    },
  };
}
