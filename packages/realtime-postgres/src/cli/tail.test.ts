import { FakeClock } from "@repo/core-testing";
import { afterEach, expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import type { LoggedMessage } from "../log/logged-message.js";
import { onEachDatabase } from "../testing/index.js";
import { insertChannel, logMessages } from "../webhooks/testing/webhook-fixture.js";
import { tail, textLine, type TailOptions } from "./tail.js";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function follow(client: SqlClient, options: Partial<TailOptions> = {}) {
  const [lines, warnings]: [string[], string[]] = [[], []];
  const ending = new AbortController();
  const clock = new FakeClock();
  const print = (line: string): number => lines.push(line);
  const warn = (line: string): number => warnings.push(line);
  const ended = tail({ client, print, warn, clock, isJson: true, ...options }, ending.signal);
  ends.push(async () => {
    ending.abort();
    await ended;
  });
  await Promise.race([ended, expect.poll(() => clock.waiting).toBe(1)]); // it follows, and waits
  return { lines, warnings, clock };
}

onEachDatabase((_name, open) => {
  const log = async (client: SqlClient, ...messages: Parameters<typeof logMessages>[2]) => {
    const ids = await logMessages(client, CHANNEL.id, messages);
    await client.query("select pg_notify('realtime_log', '')"); // the relay does, in the same transaction
    return ids;
  };
  const CHANNEL = { id: "" };
  const setUp = async () => {
    const database = await open();
    CHANNEL.id = await insertChannel(database.client, "%%", { urls: [] });
    return database;
  };

  it("prints what is published from now on, in order, one JSON object per line", async () => {
    const { client } = await setUp();
    await log(client, { event: "before" });
    const { lines } = await follow(client);
    const [id] = await log(
      client,
      { channel: "order:1", event: "placed", payload: { text: "a\nb" } },
      { event: "second" },
    );
    await log(client, { event: "third" });
    await expect.poll(() => lines.map((line) => JSON.parse(line).event)).toEqual(["placed", "second", "third"]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      id,
      channel: "order:1",
      sender: { type: "system" },
      offset: 1,
      payload: { text: "a\nb" },
    });
  });

  it("prints only channels that the pattern matches", async () => {
    const { client } = await setUp();
    const { lines } = await follow(client, { pattern: "order:%" });
    await log(
      client,
      { channel: "order:1" },
      { channel: "orders" },
      { channel: "order:1:items" },
      { channel: "order:2" },
    );
    await expect.poll(() => lines.map((line) => JSON.parse(line).channel)).toEqual(["order:1", "order:2"]);
  });

  it("follows the log without notifications, and more than a page of it", async () => {
    const { client } = await setUp();
    const { lines, clock } = await follow(client, { pattern: "order:%" });
    const messages = Array.from({ length: 1_200 }, (_, n) => ({ payload: n, channel: n % 2 ? "order:1" : "other" }));
    await logMessages(client, CHANNEL.id, messages);
    clock.advance(1_000);
    await expect
      .poll(() => lines.map((line) => JSON.parse(line).payload))
      .toEqual(Array.from({ length: 600 }, (_, n) => 2 * n + 1));
    await log(client, { payload: "after" });
    await expect.poll(() => JSON.parse(lines.at(-1) ?? "").payload).toBe("after");
  });

  it("waits for a database that is away, and reports it once", async () => {
    const { client } = await setUp();
    let isAway = false;
    const flaky: SqlClient = {
      query: (sql, values) => (isAway ? Promise.reject(new Error("connection refused")) : client.query(sql, values)),
      transaction: (work, isolation) => client.transaction(work, isolation),
      listen: (channel, listener) => client.listen(channel, listener),
      session: () => client.session(),
      close: () => client.close(),
    };
    const { lines, warnings, clock } = await follow(flaky);
    isAway = true;
    await log(client, { event: "meanwhile" });
    await expect.poll(() => warnings).toEqual(["The database is away: connection refused. Waiting for it."]);
    await expect.poll(() => clock.waiting).toBe(1);
    isAway = false;
    clock.advance(1_000);
    await expect.poll(() => lines.map((line) => JSON.parse(line).event)).toEqual(["meanwhile"]);
    expect(warnings).toEqual([expect.any(String), "The database is there again."]);
  });

  it("continues where the numbers began anew", async () => {
    const { client } = await setUp();
    await log(client, {}, {}, {});
    const { lines, warnings } = await follow(client);
    await client.query("delete from realtime.messages");
    await client.query("update realtime.relay_state set last_seq = 0, lineage = 'another'");
    await client.query("select pg_notify('realtime_log', '')");
    await expect.poll(() => warnings).toEqual([expect.stringMatching(/began anew/)]);
    await log(client, { event: "first" });
    await expect.poll(() => lines.map((line) => JSON.parse(line).event)).toEqual(["first"]);
  });

  it.each([undefined, "order:%"])("reports which messages are missing, while it follows %s", async (pattern) => {
    const { client } = await setUp();
    await log(client, {});
    const { lines, warnings, clock } = await follow(client, { pattern });
    const messages = ["1", "gone", "other", "gone", "gone", "6", "gone"];
    await logMessages(
      client,
      CHANNEL.id,
      messages.map((event) => ({ channel: event === "other" ? "x" : "order:1", event })),
    );
    await client.query("delete from realtime.messages where event_name = 'gone'");
    clock.advance(1_000);
    await expect
      .poll(() => warnings)
      .toEqual([
        expect.stringMatching(/^1 message is missing here \(number 3\)/),
        expect.stringMatching(/^2 messages are missing here \(numbers 5 to 6\)/),
        expect.stringMatching(/^1 message is missing here \(number 8\)/),
      ]);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(pattern ? ["1", "6"] : ["1", "other", "6"]);
    await log(client, { channel: "order:1", event: "9" });
    await expect.poll(() => JSON.parse(lines.at(-1) ?? "").event).toBe("9");
    expect(warnings).toHaveLength(3);
  });

  it("refuses a pattern that cannot be matched", async () => {
    const { client } = await setUp();
    await expect(follow(client, { pattern: "order:a%" })).rejects.toThrow(/order:a%/);
    ends.pop();
  });
});

const message: LoggedMessage = {
  id: "1",
  channel: "order:1",
  event: "placed",
  json: `{"total": 5}`,
  at: Date.UTC(2026, 8, 27, 12, 3, 4, 123),
  sender_type: "user",
  sender_id: "mia",
  trace: null,
  epoch: "e",
  offset: 1,
};

it("prints a line for people, its payload shortened to the terminal", () => {
  expect(textLine(message, 120)).toBe(`12:03:04.123  order:1  placed  user mia  {"total": 5}`);
  const long = textLine({ ...message, json: JSON.stringify("x".repeat(500)) }, 80);
  expect([long.length, long.at(-1)]).toEqual([80, "…"]);
});

it("prints nothing that a terminal obeys", () => {
  const line = textLine({ ...message, channel: "a\u001b[2J", event: "b\r\n", json: `"\u009b31m\u202e"` }, 120);
  expect(line).toContain(`a\\u{1b}[2J  b\\u{d}\\u{a}`);
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
