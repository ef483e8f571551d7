import type { IRealtimeGuard, IRealtimeHistory, IRealtimeObserver } from "@repo/core-realtime";
import { createPostgresRealtime, type SqlClient } from "@repo/realtime-postgres";
import { isShared } from "../database/is-shared";
import { routedHistory } from "./routed-history";
import { SqlOrderDesk } from "./sql-order-desk";
import { SqlWebhookDesk } from "./sql-webhook-desk";

export interface SqlRealtimeParts {
  readonly client: SqlClient;
  /** Of the channels in code, where this process is alone with its database. A server numbers the messages of every channel: each process would begin at 1. */
  readonly history: IRealtimeHistory;
  readonly guards: readonly IRealtimeGuard[];
  readonly observers: readonly IRealtimeObserver[];
  readonly onError: (cause: unknown) => void;
}

/** What a node gets from the database: channels by patterns, their policies as a guard, delivery in the order of the commits, webhooks. */
export async function createSqlRealtime({ client, guards, observers, onError, ...parts }: SqlRealtimeParts) {
  const orders = await SqlOrderDesk.open(client);
  const webhooks = new SqlWebhookDesk(client);
  const postgres = createPostgresRealtime({
    client,
    guards,
    observers,
    onError,
    webhooks: webhooks.worker,
  });
  const inMemory = {
    isSql: (name: string) => name.startsWith("orders:"),
    sql: postgres.history,
    others: parts.history,
  };
  const history = isShared(client) ? postgres.history : routedHistory(inMemory);
  return {
    orders,
    webhooks,
    node: { ...postgres, history },
    /** After the node. */
    async close() {
      await postgres.close();
      await client.close();
    },
  };
}
