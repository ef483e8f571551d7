import { error, warning, type Check } from "./finding.js";

/** Whether old messages go, and whether there is a place for tomorrow's. */
export const checkStorage: Check = async ({ client }) => {
  const [row] = await client.query<StorageRow>(STORAGE);
  if (!row) return [];
  const repair = "call realtime.maintain(); -- a node does it too, unless it was made with retention: false";
  return [
    ...(row.has_tomorrow ? [] : [warning("There is no partition of realtime.messages for tomorrow.", repair)]),
    ...(row.stray > 0 ? [warning(`${row.stray} messages lie in the default partition.`, repair)] : []),
    ...(row.overdue > 0
      ? [
          warning(
            `${row.overdue} partitions of realtime.messages are older than ${row.keep_days} days: retention does not run, or a lock prevents it.`,
            repair,
          ),
        ]
      : []),
    ...(row.is_stale ? [warning("Retention has not run for an hour.", repair)] : []),
  ];
};

interface StorageRow {
  readonly has_tomorrow: boolean;
  readonly stray: number;
  readonly overdue: number;
  readonly keep_days: number;
  readonly is_stale: boolean;
}

const STORAGE = `
  with today as (select (now() at time zone 'UTC')::date as day),
  partitions as (
    select to_date(right(c.relname, 8), 'YYYYMMDD') as day from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'realtime.messages'::regclass and c.relname ~ '^messages_\\d{8}$'
  )
  select exists (select from partitions p where p.day = t.day + 1) as has_tomorrow,
    (select count(*)::integer from (select from realtime.messages_default limit 100000) m) as stray,
    (select count(*)::integer from partitions p where p.day < t.day - m.keep_days - 1) as overdue,
    m.keep_days, m.ran_at < now() - interval '1 hour' and m.ran_at > '-infinity' as is_stale
  from today t, realtime.maintenance m`;

/** Whether webhooks are delivered. */
export const checkWebhooks: Check = async ({ client }) => {
  const [row] = await client.query<WebhookRow>(WEBHOOKS);
  const disabled = await client.query<DisabledRow>(DISABLED);
  if (!row) return [];
  return [
    ...(row.overdue > 0
      ? [
          error(
            `${row.overdue} webhooks are due for more than a minute: no worker takes them, or its receivers are too slow.`,
            "Start a node: createPostgresRealtime({ client, webhooks: { secrets } })",
          ),
        ]
      : []),
    ...(row.dead > 0
      ? [
          warning(
            `${row.dead} webhooks could not be delivered; the last: ${row.last_error ?? "unknown"}`,
            "select realtime.redeliver(id) from realtime.webhook_deliveries where state = 'dead';",
          ),
        ]
      : []),
    ...disabled.map(({ quoted, url, reason }) =>
      warning(`The webhook URL ${url} is disabled: ${reason}`, `select realtime.enable_webhook(${quoted});`),
    ),
  ];
};

interface WebhookRow {
  readonly overdue: number;
  readonly dead: number;
  readonly last_error: string | null;
}

interface DisabledRow {
  readonly url: string;
  readonly quoted: string;
  readonly reason: string;
}

const WEBHOOKS = `
  select (select count(*)::integer from realtime.webhook_deliveries where state = 'pending' and next_at < clock_timestamp() - interval '1 minute') as overdue,
    (select count(*)::integer from realtime.webhook_deliveries where state = 'dead') as dead,
    (select last_error from realtime.webhook_deliveries where state = 'dead' order by finished_at desc nulls last limit 1) as last_error`;

const DISABLED = `select url, quote_literal(url) as quoted, reason from realtime.disabled_webhooks order by disabled_at desc limit 10`;
