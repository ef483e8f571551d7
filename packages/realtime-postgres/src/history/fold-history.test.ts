import type { HistoryPolicy } from "@repo/core-realtime";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { RelaySteps } from "../testing/relay-steps.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { PostgresHistory } from "./postgres-history.js";

/** The sum, how many messages it is of, and each text once: U+0000 too. */
interface Sum {
  readonly sum: number;
  readonly count: number;
  readonly text: string;
}
const fold = (a: unknown, b: unknown): Sum => {
  const [one, other] = [a as Sum, b as Sum];
  return { sum: one.sum + other.sum, count: one.count + other.count, text: other.text };
};
const POLICY: HistoryPolicy = { size: 10, ttlMs: 60_000, fold };
const LAST = { kind: "last", count: 10 } as const;

/** The client, with the number of rows that its statements have returned. */
function counted(client: SqlClient) {
  const counts: number[] = [];
  const query = async <Row>(sql: string, values?: readonly unknown[]) => {
    const rows = await client.query<Row>(sql, values);
    counts.push(rows.length);
    return rows;
  };
  return { client: { query } as SqlClient, counts };
}

onEachDatabase((_name, open) => {
  async function sums() {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const write = async (from: number, to: number) => {
      await client.query(
        `insert into realtime.outbox (channel_name, event_name, payload)
           select 'sum', 'message', json_build_object('sum', n, 'count', 1, 'text', repeat('x', 20) || 'n') from generate_series($1::integer, $2::integer) n`,
        [from, to],
      );
      while (await steps.step());
    };
    const { client: counting, counts } = counted(client);
    const read = async () => {
      counts.length = 0;
      const page = await new PostgresHistory(counting).read("sum", LAST, POLICY);
      const messages = page.messages.map(({ json = "", position }) => ({
        ...JSON.parse(json),
        offset: position?.offset,
      }));
      return {
        offset: page.position?.offset ?? 0,
        messages: messages.map(({ sum, count, offset }) => [sum, count, offset]),
      };
    };
    return { client, write, read, counts };
  }

  const whole = (count: number) => ({ offset: count, messages: [[(count * (count + 1)) / 2, count, count]] });

  it("folds all messages of the epoch, in pages, and continues from the state that is kept", async () => {
    const { write, read, counts } = await sums();
    await write(1, 1_950);
    expect(await read()).toEqual(whole(1_950));
    expect(Math.max(...counts)).toBeLessThanOrEqual(200);
    expect(counts.length).toBeGreaterThan(10);
    for (const count of [1_950, 1_951, 2_100, 2_400]) {
      if (count > 1_950) await write((await read()).offset + 1, count);
      expect(await read()).toEqual(whole(count));
      expect(counts.reduce((sum, rows) => sum + rows)).toBeLessThanOrEqual(600); // and not two thousand
    }
  });

  it.each([199, 200, 201, 400])("folds %i messages, first and again", async (count) => {
    const { write, read } = await sums();
    await write(1, count);
    for (const _ of "123") expect(await read()).toEqual(whole(count));
  });

  it("keeps the state of messages that retention has deleted, and forgets it with the epoch", async () => {
    const { client, write, read } = await sums();
    await write(1, 500);
    expect(await read()).toEqual(whole(500));
    await client.query("delete from realtime.messages where seq <= 350");
    expect(await read()).toEqual(whole(500));
    await client.query("delete from realtime.messages");
    await client.query("delete from realtime.positions");
    expect(await client.query("select 1 from realtime.fold_states")).toEqual([]);
    expect(await read()).toEqual({ offset: 0, messages: [] });
    await write(1, 3);
    expect(await read()).toEqual(whole(3));
  });

  it("is empty when the newest message is over", async () => {
    const { client, write, read } = await sums();
    await write(1, 250);
    expect(await read()).toEqual(whole(250));
    await client.query("update realtime.messages set logged_at = logged_at - interval '2 minutes'");
    expect(await read()).toEqual({ offset: 250, messages: [] });
  });
});
