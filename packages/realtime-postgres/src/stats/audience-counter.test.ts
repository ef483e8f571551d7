import { randomUUID } from "node:crypto";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { AudienceCounter } from "./audience-counter.js";

const delivered = (id: string, audience: number) =>
  ({
    kind: "delivered",
    audience,
    envelope: { id, channel: "order:1", event: "placed", at: 0, sender: { type: "system" } },
  }) as const;

onEachDatabase((_name, open) => {
  it("adds up what all nodes delivered, with one UPDATE for many messages", async () => {
    const { client, newClient } = await open();
    const ids = await logged(client, 50);
    await client.query("create table updates (rows bigint)");
    await client.query(
      `create function count_update() returns trigger language plpgsql as $$ begin insert into public.updates select count(*) from changed; return null; end $$`,
    );
    await client.query(
      "create trigger count_update after update on realtime.messages referencing new table as changed for each statement execute function count_update()",
    );
    const nodes = [client, newClient()].map((of) => new AudienceCounter({ client: of, clock: new FakeClock() }));
    for (const node of nodes) for (const id of ids) node.observe(delivered(id, 2));
    for (const id of ids) nodes[0]?.observe(delivered(id, 1));
    for (const node of nodes) await node.close();
    expect(await countsOf(client)).toEqual(Array(50).fill(5));
    expect(await client.query("select rows::integer from updates")).toEqual([{ rows: 50 }, { rows: 50 }]);
  });

  it("adds up what several nodes appended before one of them adds it to the messages", async () => {
    const { client } = await open();
    const [id] = await logged(client, 1);
    await client.query("insert into realtime.audience_counts values ($1, 2), ($1, 3), (gen_random_uuid(), 7)", [id]);
    expect(await client.query("select realtime.fold_audience_counts() as rows")).toEqual([{ rows: 3 }]);
    expect(await countsOf(client)).toEqual([5]);
    expect(await client.query("select from realtime.audience_counts")).toEqual([]);
  });

  it("writes once per interval", async () => {
    const { client } = await open();
    const [id = ""] = await logged(client, 1);
    const statements: string[] = [];
    const watched = watching(client, (sql) => statements.push(sql.slice(0, 6)));
    const clock = new FakeClock();
    const counter = new AudienceCounter({ client: watched, clock });
    for (let n = 0; n < 100; n += 1) counter.observe(delivered(id, 1));
    clock.advance(999);
    expect(statements).toEqual([]);
    clock.advance(1);
    await expect.poll(() => countsOf(client)).toEqual([100]);
    expect(statements).toEqual(["insert", "select"]);
    await counter.close();
    expect(statements).toHaveLength(2);
  });

  it("counts on when the database is there again, within bounds, and reports what was dropped", async () => {
    const { client } = await open();
    const ids = await logged(client, 5);
    const errors: unknown[] = [];
    let isAway = true;
    const flaky = watching(client, () => {
      if (isAway) throw new Error("away");
    });
    const clock = new FakeClock();
    const onError = (cause: unknown): number => errors.push(cause);
    const counter = new AudienceCounter({ client: flaky, clock, maxWaiting: 3, onError });
    for (const id of ids) counter.observe(delivered(id, 1));
    clock.advance(1_000);
    await expect
      .poll(() => errors.map(String))
      .toEqual(["Error: The audience of 2 deliveries was not counted: 3 messages were waiting.", "Error: away"]);
    for (const id of ids) counter.observe(delivered(id, 1)); // the first three are known already
    isAway = false;
    await counter.close();
    expect(await countsOf(client)).toEqual([2, 2, 2, 0, 0]);
  });

  it("ignores messages that are in no log, and those without a receiver", async () => {
    const { client } = await open();
    const counter = new AudienceCounter({ client, clock: new FakeClock() });
    counter.observe(delivered("order:1:epoch:7", 3));
    counter.observe(delivered(randomUUID(), 0));
    await counter.close();
    expect(await client.query("select * from realtime.audience_counts")).toEqual([]);
  });

  it("shows what happened per day and pattern", async () => {
    const { client } = await open();
    const [{ id = "" } = {}] = await client.query<{ id: string }>(
      "insert into realtime.channels (pattern, webhook_urls) values ('order:%', array['https://a.example.com/', 'https://b.example.com/']) returning id",
    );
    await client.query(
      `insert into realtime.messages (channel_id, channel_name, event_name, seq, sender_type, ws_audience_count)
       values ($1, 'order:1', 'a', 1, 'user', 4), ($1, 'order:2', 'a', 2, 'system', 1), (null, 'code', 'a', 3, 'system', 7)`,
      [id],
    );
    await client.query("select realtime.enqueue_webhooks(1, 3)");
    await client.query(
      "update realtime.webhook_deliveries set state = 'dead' where seq = 1 and url like '%a.example%'",
    );
    const [first, second, ...more] = await client.query("select * from realtime.stats");
    expect(first).toMatchObject({ pattern: "order:%", messages: "2", from_users: "1", channels: "2", audience: "5" });
    expect(first).toMatchObject({
      webhooks: "4",
      webhooks_delivered: "0",
      webhooks_failed: "1",
      webhooks_waiting: "3",
    });
    expect(second).toMatchObject({ pattern: null, messages: "1", audience: "7", webhooks: "0" });
    expect(more).toEqual([]);
  });
});

async function logged(client: SqlClient, count: number): Promise<readonly string[]> {
  const rows = await client.query<{ id: string }>(
    "insert into realtime.messages (channel_name, event_name, seq) select 'order:1', 'placed', n from generate_series(1, $1) n returning id",
    [count],
  );
  return rows.map(({ id }) => id);
}

async function countsOf(client: SqlClient): Promise<readonly number[]> {
  const rows = await client.query<{ count: number }>(
    "select ws_audience_count as count from realtime.messages order by seq",
  );
  return rows.map(({ count }) => count);
}

/** The same client; each statement is shown first. */
function watching(client: SqlClient, watch: (sql: string) => void): SqlClient {
  return {
    query: async (sql, values) => {
      watch(sql);
      return client.query(sql, values);
    },
    transaction: (work, isolation) => client.transaction(work, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}
