import type { HistoryEntry, HistoryReceipt } from "@repo/core-realtime";
import { storedNameOf } from "../channels/channel-names.js";
import type { SqlClient } from "../client/sql-client.js";
import { uuidV7 } from "../uuid-v7.js";

interface AppendedRow {
  readonly id: string;
  readonly owner: string | null;
  readonly epoch: string | null;
  readonly offset: number | null;
}

/** Writes entries into the outbox with one statement, with the pattern that the channel's name belongs to; each idempotency key is taken by the first entry that shows it. */
export async function appendEntries(
  client: SqlClient,
  entries: readonly HistoryEntry[],
): Promise<readonly HistoryReceipt[]> {
  const rows = entries.map(({ envelope, policy, idempotencyKey }, nth) => ({
    nth,
    id: uuidV7(Date.now()),
    channel: storedNameOf(envelope.channel),
    event: envelope.event,
    json: envelope.json ?? null,
    at: envelope.at,
    sender_type: envelope.sender.type,
    sender_id: envelope.sender.type === "user" ? envelope.sender.id : undefined,
    trace: envelope.trace,
    key: idempotencyKey,
    ttl: policy.ttlMs,
  }));
  const hasKeys = rows.some(({ key }) => key !== undefined);
  const appended = await client.query<AppendedRow>(hasKeys ? APPEND_WITH_KEYS : APPEND, [JSON.stringify(rows)]);
  const byId = new Map(appended.map((row) => [row.id, row]));
  return rows.map(({ id }) => receiptOf(id, byId.get(id)));
}

function receiptOf(id: string, row: AppendedRow | undefined): HistoryReceipt {
  if (!row || row.owner === null || row.owner === id) return { kind: "relayed", id };
  const position = row.epoch === null || row.offset === null ? undefined : { epoch: row.epoch, offset: row.offset };
  return { kind: "repeated", id: row.owner, position };
}

const ENTRY = `entry as materialized (
  select * from json_to_recordset($1::json) as e(nth integer, id uuid, channel text, event text, json text, at float8,
    sender_type text, sender_id text, trace text, key text, ttl float8)
), named as materialized (
  select n.channel, c.id as channel_id from (select distinct e.channel from entry e) n
    left join lateral realtime.channel_of(n.channel) c on c.enabled
)`;

const INSERT = `insert into realtime.outbox
  (id, created_at, channel_id, channel_name, event_name, payload, sender_type, sender_id, trace, is_checked)
  select e.id, to_timestamp(e.at / 1000), n.channel_id, e.channel, e.event, e.json::json, e.sender_type, e.sender_id, e.trace, true
    from entry e join named n on n.channel = e.channel`;

const APPEND = `with ${ENTRY} ${INSERT} order by e.nth`;

/** Keys are taken in one order by all nodes, so that no two wait for each other. A key that is over is taken anew. */
const APPEND_WITH_KEYS = `with ${ENTRY}, first as (
  select distinct on (e.channel, e.key) e.channel, e.key, e.id, e.ttl from entry e where e.key is not null
    order by e.channel, e.key, e.nth
), taken as (
  insert into realtime.idempotency_keys as k (channel_name, key, message_id, expires_at)
    select f.channel, f.key, f.id, clock_timestamp() + f.ttl * interval '1 ms' from first f order by f.channel, f.key
    on conflict (channel_name, key) do update set
      message_id = case when k.expires_at <= clock_timestamp() then excluded.message_id else k.message_id end,
      expires_at = case when k.expires_at <= clock_timestamp() then excluded.expires_at else k.expires_at end
    returning k.channel_name, k.key, k.message_id
), owned as materialized (
  select e.id, t.message_id as owner from entry e left join taken t on t.channel_name = e.channel and t.key = e.key
), written as (
  ${INSERT} join owned o on o.id = e.id where o.owner is null or o.owner = e.id order by e.nth
)
select o.id::text as id, o.owner::text as owner, m.epoch, m."offset"::float8 as "offset"
  from owned o left join realtime.messages m on o.owner <> o.id and m.id = o.owner`;
