import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { Retention } from "./retention.js";

onEachDatabase((name, open) => {
  const onServers = name === "PGlite" ? () => undefined : it; // PGlite has one session for all
  it("has partitions for today and the coming days from the first migration on", async () => {
    const { client } = await open();
    expect(await partitions(client)).toEqual(await days(client, [0, 1, 2, 3]));
    expect(await new Retention({ client }).run()).toEqual([]);
  });

  it("drops what is older than it keeps, and keeps the totals of those days", async () => {
    const { client } = await open();
    const [old, kept] = await days(client, [-4, -3]);
    await client.query("select realtime.create_partition($1), realtime.create_partition($2)", [old, kept]);
    await log(client, { day: -4, name: "order:1", audience: 3 });
    await log(client, { day: -3, name: "order:1", audience: 5 });
    expect(await new Retention({ client, keepDays: 3 }).run()).toContain(`dropped the partition of ${old}`);
    expect(await partitions(client)).toEqual([kept, ...(await days(client, [0, 1, 2, 3]))]);
    const stats = await client.query("select day::text, messages::integer, audience::integer from realtime.stats");
    expect(stats).toEqual([
      { day: kept, messages: 1, audience: 5 },
      { day: old, messages: 1, audience: 3 },
    ]);
  });

  it("keeps a day on which a message waits for its number", async () => {
    const { client } = await open();
    const [old] = await days(client, [-10]);
    await client.query("select realtime.create_partition($1)", [old]);
    await log(client, { day: -10, name: "order:1", seq: null });
    const done = await new Retention({ client }).run();
    expect(done).toContain(`did not drop the partition of ${old}: it has messages that the relay has not numbered yet`);
    expect(await partitions(client)).toContain(old);
  });

  it("moves what the default partition took into partitions of their own", async () => {
    const { client } = await open();
    const [yesterday, later] = await days(client, [-1, 9]);
    await log(client, { day: -1, name: "order:1" });
    await log(client, { day: 9, name: "order:2" }); // a clock that is wrong: it remains where it is
    expect(await new Retention({ client }).run()).toEqual([`made the partition of ${yesterday}`]);
    const rows = await client.query(
      "select channel_name, (logged_at at time zone 'UTC')::date::text as day, tableoid::regclass::text as place from realtime.messages order by 1",
    );
    expect(rows).toEqual([
      { channel_name: "order:1", day: yesterday, place: `realtime.messages_${yesterday?.replaceAll("-", "")}` },
      { channel_name: "order:2", day: later, place: "realtime.messages_default" },
    ]);
  });

  it("gives a partition the triggers, keys, indexes and bounds that a message needs", async () => {
    const { client } = await open();
    const [later] = await days(client, [30]);
    await client.query("select realtime.create_partition($1)", [later]);
    const made = `realtime.messages_${later?.replaceAll("-", "")}`;
    const parts = (table: string) =>
      column(
        client,
        `select kind || name from (
           select 'trigger ' as kind, tgname::text as name from pg_trigger where tgrelid = $1::regclass and not tgisinternal
           union all select 'constraint ', pg_get_constraintdef(oid) from pg_constraint where conrelid = $1::regclass
           union all select 'index ', string_agg(a.attname, ',' order by a.attnum) from pg_index i
             join pg_attribute a on a.attrelid = i.indexrelid where i.indrelid = $1::regclass group by i.indexrelid
         ) parts order by 1`,
        [table],
      );
    expect(await parts(made)).toEqual(await parts("realtime.messages_default"));
    expect((await parts(made)).filter((part) => String(part).startsWith("trigger"))).not.toEqual([]);
  });

  it("deletes positions of channels without messages, and what has expired elsewhere", async () => {
    const { client } = await open();
    await log(client, { day: 0, name: "kept" });
    await log(client, { day: -20, name: "gone" });
    await client.query(
      `insert into realtime.positions (channel_name, epoch, "offset", updated_at)
       select name, 'e', 1, now() - interval '20 days' from unnest(array['kept', 'gone', 'empty']) name
       union all select 'new', 'e', 1, now()`,
    );
    await client.query(
      "insert into realtime.refused (id, refused_at, channel_name, event_name, reason) select gen_random_uuid(), now() - n * interval '1 day', 'a', 'b', 'c' from generate_series(1, 6) n",
    );
    await client.query(
      "insert into realtime.idempotency_keys values ('a', 'old', gen_random_uuid(), now() - interval '1 s'), ('a', 'new', gen_random_uuid(), now() + interval '1 h')",
    );
    await client.query(
      `insert into realtime.webhook_deliveries (webhook_id, message_id, logged_at, seq, channel_name, event_name, url, body, state, finished_at)
       select 'w', gen_random_uuid(), now(), 1, 'a', 'b', 'c', 'null', state, now() - days * interval '1 day'
       from (values ('delivered', 4), ('delivered', 1), ('dead', 4), ('dead', 31), ('pending', null)) as d (state, days)`,
    );
    await new Retention({ client }).run();
    expect(await column(client, "select channel_name from realtime.positions order by 1")).toEqual(["kept", "new"]);
    expect(await column(client, "select channel_name from realtime.messages")).toEqual(["kept"]);
    expect(await column(client, "select key from realtime.idempotency_keys")).toEqual(["new"]);
    expect(await column(client, "select count(*)::integer from realtime.refused")).toEqual([2]);
    const states = await column(client, "select state from realtime.webhook_deliveries order by 1");
    expect(states).toEqual(["dead", "delivered", "pending"]);
  });

  it("deletes more than one page", async () => {
    const { client } = await open();
    await client.query(
      "insert into realtime.refused (id, refused_at, channel_name, event_name, reason) select gen_random_uuid(), now() - interval '9 days', 'a', 'b', 'c' from generate_series(1, 5001)",
    );
    expect(await new Retention({ client }).run()).toEqual([
      "deleted 5000 rows of refused",
      "deleted 1 rows of refused",
    ]);
  });

  onServers("waits for no long transaction, and does the next time what it prevented", async () => {
    const { client, newClient } = await open();
    const [old] = await days(client, [-9]);
    await client.query("select realtime.create_partition($1)", [old]);
    const other = newClient();
    await other.transaction(async (connection) => {
      await connection.query("select count(*) from realtime.messages");
      expect(await new Retention({ client }).run()).toEqual([
        `did not drop the partition of ${old}: a table is locked`,
      ]);
    });
    await Promise.all([client, other, newClient()].map((node) => new Retention({ client: node }).run()));
    expect(await partitions(client)).not.toContain(old);
  });

  it("runs at once and then in intervals, also after an error", async () => {
    const { client } = await open();
    const [day] = await days(client, [-8]);
    const clock = new FakeClock();
    const [done, errors]: [string[], unknown[]] = [[], []];
    let failures = 1;
    const session: SqlClient["session"] = () => (failures-- > 0 ? Promise.reject(new Error("away")) : client.session());
    const flaky: SqlClient = {
      session,
      query: (sql, values) => client.query(sql, values),
      transaction: (work, isolation) => client.transaction(work, isolation),
      listen: (channel, listener) => client.listen(channel, listener),
      close: () => client.close(),
    };
    const retention = new Retention({
      client: flaky,
      clock,
      onDone: (news) => done.push(...news),
      onError: (cause) => errors.push(cause),
    });
    retention.start();
    await expect.poll(() => errors).toEqual([new Error("away")]);
    await client.query("select realtime.create_partition($1)", [day]);
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(600_000);
    await expect.poll(() => done).toEqual([`dropped the partition of ${day}`]);
    await retention.close();
    expect(clock.waiting).toBe(0);
  });
});

it("refuses to keep less than a day", () => {
  const client = {} as SqlClient; // never used
  expect(() => new Retention({ client, keepDays: 0 })).toThrow(/keepDays is 0/);
});

interface LogOptions {
  readonly day: number;
  readonly name: string;
  readonly audience?: number;
  readonly seq?: null;
}

async function log(client: SqlClient, { day, name, audience = 0, seq }: LogOptions): Promise<void> {
  await client.query(
    "insert into realtime.messages (channel_name, event_name, logged_at, seq, ws_audience_count) values ($1, 'a', now() + $2 * interval '1 day', $3, $4)",
    [name, day, seq === null ? null : 1, audience],
  );
}

async function days(client: SqlClient, offsets: readonly number[]): Promise<readonly string[]> {
  return column(client, "select ((now() at time zone 'UTC')::date + n)::text from unnest($1::integer[]) n", [offsets]);
}

async function partitions(client: SqlClient): Promise<readonly string[]> {
  return column(
    client,
    "select to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD')::text from pg_inherits where inhparent = 'realtime.messages'::regclass and inhrelid::regclass::text ~ '\\d{8}$' order by 1",
  );
}

async function column<T>(client: SqlClient, sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
  return (await client.query<Record<string, T>>(sql, values)).flatMap((row) => Object.values(row));
}
