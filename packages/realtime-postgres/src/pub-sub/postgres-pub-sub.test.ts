import { FakeClock } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { PostgresPubSub, type PostgresPubSubOptions } from "./postgres-pub-sub.js";

onEachDatabase((_name, open) => {
  it("carries any text unchanged, megabytes of it too, in the order of its publisher", async () => {
    const { client } = await open();
    const [here, there] = [carrier({ client }), carrier({ client })];
    const received = await texts(there, "a");
    const sent = ["", "🜂\n\\x00'\"{},NULL", "\0", "\ud800 half", "x".repeat(3 * 1024 * 1024), ...numbers(1_200)];
    await Promise.all(sent.map((text) => here.publish("a", text)));
    await expect.poll(() => received.length).toBe(sent.length);
    expect(received.every((text, index) => text === sent[index])).toBe(true); // a difference in megabytes is not to be printed
  });

  it("writes what comes in one turn, and while a statement is in progress, as one statement each", async () => {
    const { client } = await open();
    let inserts = 0;
    const counted: Pick<SqlClient, "query" | "listen"> = {
      listen: (channel, listener) => client.listen(channel, listener),
      query: (sql, values) => {
        if (sql.includes("insert")) inserts += 1;
        return client.query(sql, values);
      },
    };
    const here = carrier({ client: counted });
    const first = numbers(10).map((text) => here.publish("a", text));
    await Promise.resolve();
    await Promise.resolve();
    const second = numbers(10).map((text) => here.publish("a", text));
    await Promise.all([...first, ...second]);
    expect(inserts).toBe(2);
  });

  it("carries only the topics that are subscribed to, and nothing after the undo", async () => {
    const { client } = await open();
    const here = carrier({ client });
    const [kept, undone] = [await texts(here, "a"), [] as string[]];
    const undo = await here.subscribe("b", (text) => undone.push(text));
    undo();
    for (const topic of ["b", "c", "a"]) await here.publish(topic, topic);
    await expect.poll(() => kept).toEqual(["a"]);
    expect(undone).toEqual([]);
  });

  it("polls where no notification arrives", async () => {
    const { client } = await open();
    const deaf = { query: client.query.bind(client), listen: async () => async () => undefined };
    const [here, there] = [carrier({ client: deaf }), carrier({ client: deaf })];
    const received = await texts(there, "a");
    for (const text of numbers(20)) {
      await here.publish("a", text);
      await expect.poll(() => received.at(-1)).toBe(text);
    }
    expect(received).toEqual(numbers(20));
  });

  it("reports a failed read, and reads what it missed when the database is back", async () => {
    const { client } = await open();
    let isAway = false;
    const errors: unknown[] = [];
    const unreliable: Pick<SqlClient, "query" | "listen"> = {
      listen: (channel, listener) => client.listen(channel, listener),
      query: (sql, values) => (isAway ? Promise.reject(new Error("away")) : client.query(sql, values)),
    };
    const there = carrier({ client: unreliable, onError: (cause) => errors.push(cause) });
    const received = await texts(there, "a");
    isAway = true;
    await expect(there.publish("a", "refused")).rejects.toThrow("away");
    await carrier({ client }).publish("a", "missed");
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(received).toEqual([]);
    isAway = false;
    await expect.poll(() => received).toEqual(["missed"]);
  });

  it("refuses a publish with a code to come back while the database is away", async () => {
    const { client } = await open();
    const away: Pick<SqlClient, "query" | "listen"> = {
      listen: (channel, listener) => client.listen(channel, listener),
      query: () => Promise.reject(new SqlError("shutting down", { code: "57P03", isUnavailable: true })),
    };
    await expect(carrier({ client: away }).publish("a", "refused")).rejects.toMatchObject({
      code: "INTERNAL_ERROR",
      retryAfterMs: 1_000,
    });
  });

  it("deletes what is older than 30 s, whether every node has read it or not, and keeps the rest", async () => {
    const { client } = await open();
    const clock = new FakeClock();
    const here = carrier({ client, clock });
    await texts(here, "a");
    for (const text of ["old", "old", "new"]) await here.publish("elsewhere", text);
    await client.query("update realtime.bus set created_at = created_at - interval '31 seconds' where text = 'old'");
    await clock.advanceAsync(5_000);
    await expect.poll(() => client.query("select text from realtime.bus")).toEqual([{ text: "new" }]);
  });

  it("refuses what is more than the database can take in time", async () => {
    const { client } = await open();
    const hanging = { query: () => new Promise<never>(() => undefined), listen: client.listen.bind(client) };
    const here = new PostgresPubSub({ client: hanging });
    const megabytes = "x".repeat(16 * 1024 * 1024);
    for (let n = 0; n < 4; n += 1) here.publish("a", megabytes).catch(() => undefined);
    await Promise.resolve(); // the first is in progress: 48 MB wait
    void here.publish("a", megabytes);
    const refusal = { code: "INTERNAL_ERROR", cause: { message: expect.stringMatching(/waiting for the database/) } };
    await expect(here.publish("a", megabytes)).rejects.toMatchObject(refusal);
  });
});

function carrier(options: PostgresPubSubOptions): PostgresPubSub {
  const opened = new PostgresPubSub(options);
  onTestFinished(() => opened.close());
  return opened;
}

async function texts(of: PostgresPubSub, topic: string): Promise<readonly string[]> {
  const received: string[] = [];
  await of.subscribe(topic, (text) => received.push(text));
  return received;
}

function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => String(n));
}
