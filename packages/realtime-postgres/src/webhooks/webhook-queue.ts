import type { SqlClient, SqlConnection } from "../client/sql-client.js";
import { storableText } from "../client/stored-text.js";
import type { WebhookAttempt, WebhookDelivery } from "./webhook-delivery.js";

export interface WebhookQueueOptions {
  readonly client: SqlClient;
  /** How long an attempt may take before another worker may begin anew, in milliseconds: longer than a request can take. */
  readonly leaseMs: number;
  /** For tests; the database's clock where left out, so that the nodes' clocks need not agree. */
  readonly now?: (() => Date) | undefined;
}

/** The deliveries in the database: leased by one worker at a time, on any node. */
export class WebhookQueue {
  readonly #client: SqlClient;
  readonly #leaseMs: number;
  readonly #now: () => Date | null;

  constructor({ client, leaseMs, now }: WebhookQueueOptions) {
    this.#client = client;
    this.#leaseMs = leaseMs;
    this.#now = now ?? (() => null);
  }

  /** Deliveries that are due, at most `limit`, and no URL beyond what it has left; each belongs to the caller until its lease ends. */
  async lease(limit: number, urls: UrlLimits): Promise<readonly WebhookDelivery[]> {
    const { perUrl, inFlight } = urls;
    const running = JSON.stringify([...inFlight].map(([url, count]) => ({ url, count })));
    return this.#client.query<WebhookDelivery>(LEASE, [this.#now(), this.#leaseMs, limit, perUrl, running]);
  }

  /** Milliseconds until the next delivery is due; undefined where none waits. */
  async dueIn(): Promise<number | undefined> {
    const [row] = await this.#client.query<{ ms: number | null }>(DUE, [this.#now()]);
    return row?.ms ?? undefined;
  }

  /** Records the outcomes of attempts, in one transaction. An attempt whose lease another worker took since changes nothing. */
  async record(attempts: readonly WebhookAttempt[]): Promise<void> {
    const gone = attempts.filter(({ next }) => next.kind === "disabled");
    await this.#client.transaction(async (connection) => {
      await connection.query(RECORD, [this.#now(), JSON.stringify(attempts.map(rowOf))]);
      for (const { delivery, error } of gone) await disable(connection, delivery.url, error);
    });
  }
}

/** How many deliveries to one URL may run at a time in one worker, and how many do. */
export interface UrlLimits {
  readonly perUrl: number;
  readonly inFlight: ReadonlyMap<string, number>;
}

async function disable(connection: SqlConnection, url: string, reason = "410 Gone"): Promise<void> {
  await connection.query("select realtime.disable_webhook($1, $2)", [url, reason]);
}

function rowOf({
  delivery,
  beganAt,
  durationMs,
  status,
  error,
  next,
}: WebhookAttempt): Readonly<Record<string, unknown>> {
  return {
    id: delivery.id,
    attempt: delivery.attempt,
    began_at: beganAt.toISOString(),
    duration_ms: Math.round(durationMs),
    status,
    error: error && storableText(error.slice(0, LONGEST_ERROR)),
    state: next.kind === "delivered" ? "delivered" : next.kind === "retried" ? "pending" : "dead",
    after_ms: next.kind === "retried" ? next.afterMs : 0,
  };
}

const LONGEST_ERROR = 500;

/**
 * `next_at` is due time and lease in one: a lease that ended is due. The candidates are read without a lock first, because a limit
 * per URL needs a window function, which no locking query may have; the lock then checks again that they are due.
 */
const LEASE = `
  with moment as (select coalesce($1::timestamptz, clock_timestamp()) as now),
  running as (select url, count from jsonb_to_recordset($5::jsonb) as r (url text, count integer)),
  candidates as materialized (
    select d.id, d.url, row_number() over (partition by d.url order by d.next_at, d.id) as place
    from (
      select d.id, d.url, d.next_at from realtime.webhook_deliveries d, moment
      where d.state = 'pending' and d.next_at <= moment.now
        and d.url <> all (array (select url from running where count >= $4))
        and (not d.is_in_order or not exists (
          select from realtime.webhook_deliveries before
          where before.channel_name = d.channel_name and before.url = d.url and before.seq < d.seq
            and before.state = 'pending' and before.is_in_order
        ))
      order by d.next_at, d.id
      limit 1000
    ) d
  ),
  leased as (
    select d.id from realtime.webhook_deliveries d
    join candidates c on c.id = d.id
    left join running r on r.url = c.url
    where c.place <= $4 - coalesce(r.count, 0) and d.state = 'pending' and d.next_at <= (select now from moment)
    order by d.next_at, d.id
    limit $3
    for update of d skip locked
  )
  update realtime.webhook_deliveries d
  set attempts = d.attempts + 1, next_at = (select now from moment) + $2 * interval '1 millisecond'
  from leased where leased.id = d.id
  returning d.id::text, d.webhook_id as "webhookId", d.message_id as "messageId", d.channel_name as channel, d.event_name as event,
    d.url, d.body, d.attempts as attempt, d.attempts - d.attempts_before as "attemptOfRound"
`;

const DUE = `
  select extract(epoch from min(next_at) - coalesce($1::timestamptz, clock_timestamp()))::double precision * 1000 as ms
  from realtime.webhook_deliveries where state = 'pending'
`;

/** One statement for many attempts; its last part adds to each message once, however many of its URLs accepted it. */
const RECORD = `
  with moment as (select coalesce($1::timestamptz, clock_timestamp()) as now),
  results as (
    select r.*, d.message_id, d.logged_at, d.delivered_at is null as is_first
    from jsonb_to_recordset($2::jsonb) as r (id bigint, attempt integer, began_at timestamptz, duration_ms integer, status integer,
      error text, state text, after_ms double precision)
    join realtime.webhook_deliveries d on d.id = r.id
  ),
  updated as (
    update realtime.webhook_deliveries d
    set state = r.state, last_status = r.status, last_error = r.error,
        next_at = moment.now + r.after_ms * interval '1 millisecond',
        finished_at = case when r.state <> 'pending' then moment.now end,
        delivered_at = case when r.state = 'delivered' then coalesce(d.delivered_at, moment.now) else d.delivered_at end
    from results r, moment
    where d.id = r.id and d.attempts = r.attempt and d.state = 'pending'
    returning d.id, r.message_id, r.logged_at, r.is_first and r.state = 'delivered' as is_counted
  ),
  recorded as (
    insert into realtime.webhook_attempts (delivery_id, attempt, began_at, duration_ms, status, error)
    select id, attempt, began_at, duration_ms, status, error from results
    on conflict (delivery_id, attempt) do nothing
  ),
  forgotten as (
    delete from realtime.webhook_attempts a using results r where a.delivery_id = r.id and a.attempt <= r.attempt - 30
  )
  update realtime.messages m set wh_delivered_count = m.wh_delivered_count + n.urls
  from (select message_id, logged_at, count(*)::integer as urls from updated where is_counted group by message_id, logged_at) n
  where m.id = n.message_id and m.logged_at = n.logged_at
`;
