import type { SqlClient } from "../../client/sql-client.js";

export interface LoggedMessage {
  readonly channel?: string;
  readonly event?: string;
  readonly payload?: unknown;
}

/** A channel row with webhooks. */
export async function insertChannel(client: SqlClient, pattern: string, options: ChannelOptions): Promise<string> {
  const { urls, inOrder = false } = options;
  const [row] = await client.query<{ id: string }>(
    "insert into realtime.channels (pattern, webhook_urls, webhooks_in_order) values ($1, $2, $3) returning id",
    [pattern, urls, inOrder],
  );
  return row?.id ?? "";
}

export interface ChannelOptions {
  readonly urls: readonly (string | null)[];
  readonly inOrder?: boolean;
}

/** Does what the relay does with a batch: numbers and logs the messages, then enqueues their webhooks in the same transaction. */
export async function logMessages(
  client: SqlClient,
  channelId: string,
  messages: readonly LoggedMessage[],
): Promise<readonly string[]> {
  return client.transaction(async (connection) => {
    const rows = messages.map(({ channel = "order:1", event = "placed", payload = {} }) => ({
      channel,
      event,
      payload,
    }));
    const logged = await connection.query<{ id: string; seq: string }>(
      `with head as (update realtime.relay_state set last_seq = last_seq + $3 returning last_seq - $3 as before)
       insert into realtime.messages (channel_id, channel_name, event_name, payload, seq, epoch, "offset")
       select $1, r.value ->> 'channel', r.value ->> 'event', r.value -> 'payload', head.before + r.place, 'e', r.place
       from head, jsonb_array_elements($2::jsonb) with ordinality as r (value, place)
       returning id, seq`,
      [channelId, JSON.stringify(rows), rows.length],
    );
    const seqs = logged.map(({ seq }) => Number(seq));
    await connection.query("select realtime.enqueue_webhooks($1, $2)", [Math.min(...seqs), Math.max(...seqs)]);
    return logged.map(({ id }) => id);
  });
}

/** The deliveries as they stand, in the order in which they were enqueued. */
export async function deliveriesOf(client: SqlClient): Promise<readonly DeliveryRow[]> {
  return client.query<DeliveryRow>(
    "select id::text, url, state, attempts, last_status, last_error, channel_name, event_name from realtime.webhook_deliveries order by id",
  );
}

export interface DeliveryRow {
  readonly id: string;
  readonly url: string;
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly channel_name: string;
  readonly event_name: string;
}
