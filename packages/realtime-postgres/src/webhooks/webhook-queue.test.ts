import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { deliveriesOf, insertChannel, logMessages } from "./testing/webhook-fixture.js";
import type { WebhookAttempt, WebhookDelivery, WebhookNext } from "./webhook-delivery.js";
import { WebhookQueue } from "./webhook-queue.js";

const A = "https://a.example.com/";
const B = "https://b.example.com/";
const free = { perUrl: 100, inFlight: new Map<string, number>() };

const attempt = (
  delivery: WebhookDelivery,
  next: WebhookNext,
  details: Partial<WebhookAttempt> = {},
): WebhookAttempt => ({
  delivery,
  next,
  beganAt: new Date(),
  durationMs: 12.6,
  ...details,
});

onEachDatabase((name, open) => {
  const onServers = name === "PGlite" ? () => undefined : it; // PGlite has one session for all
  const setUp = async () => {
    const database = await open();
    let ahead = 1_000; // the database is exact to the microsecond, this clock to the millisecond
    const now = () => new Date(Date.now() + ahead);
    return {
      client: database.client,
      queue: new WebhookQueue({ client: database.client, leaseMs: 30_000, now }),
      advance: (ms: number) => (ahead += ms),
    };
  };

  it("has one delivery for each message and URL, and counts them in the message", async () => {
    const { client } = await setUp();
    const channel = await insertChannel(client, "order:%", { urls: [A, B, A, null] });
    const quiet = await insertChannel(client, "quiet", { urls: [] });
    await logMessages(client, quiet, [{ channel: "quiet" }]);
    const [id] = await logMessages(client, channel, [{ payload: { total: 5 } }]);
    await client.query("select realtime.enqueue_webhooks(1, 100)"); // a relay that repeats a batch adds nothing
    const rows = await client.query("select url, body, message_id from realtime.webhook_deliveries order by url");
    expect(rows).toEqual([A, B].map((url) => ({ url, body: `{"total": 5}`, message_id: id })));
    const counts = await client.query("select channel_name, wh_audience_count from realtime.messages order by seq");
    expect(counts).toEqual([
      { channel_name: "quiet", wh_audience_count: 0 },
      { channel_name: "order:1", wh_audience_count: 2 },
    ]);
  });

  it("sends the exact text of what jsonb cannot hold, and null where there is no payload", async () => {
    const { client } = await setUp();
    const channel = await insertChannel(client, "order:%", { urls: [A] });
    await client.query(
      `insert into realtime.messages (channel_id, channel_name, event_name, exact_payload, seq) values ($1, 'order:1', 'a', $2, 1), ($1, 'order:1', 'b', null, 2)`,
      [channel, `{"text":"\\u0000"}`],
    );
    await client.query("select realtime.enqueue_webhooks(1, 2)");
    const rows = await client.query("select body from realtime.webhook_deliveries order by id");
    expect(rows).toEqual([{ body: `{"text":"\\u0000"}` }, { body: "null" }]);
  });

  it("leases a delivery once, and again under the same id when the lease has ended", async () => {
    const { client, queue, advance } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), [{}]);
    const [first] = await queue.lease(10, free);
    expect(await queue.lease(10, free)).toEqual([]);
    advance(29_000);
    expect(await queue.lease(10, free)).toEqual([]);
    advance(1_001);
    const [second] = await queue.lease(10, free);
    expect(second).toMatchObject({ webhookId: first?.webhookId, attempt: 2 });
  });

  it("ignores what a worker records after its lease was taken over", async () => {
    const { client, queue, advance } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), [{}]);
    const [late] = await queue.lease(1, free);
    advance(30_001);
    const [current] = await queue.lease(1, free);
    if (!late || !current) throw new Error("nothing was leased");
    await queue.record([attempt(late, { kind: "dead" }, { error: "too late" })]);
    expect(await deliveriesOf(client)).toMatchObject([{ state: "pending", attempts: 2 }]);
    await queue.record([attempt(current, { kind: "delivered" }, { status: 200 })]);
    await queue.record([attempt(current, { kind: "delivered" }, { status: 200 })]); // the reply to the first COMMIT was lost
    expect(await deliveriesOf(client)).toMatchObject([{ state: "delivered", last_status: 200, last_error: null }]);
    expect(await client.query("select wh_delivered_count from realtime.messages")).toEqual([{ wh_delivered_count: 1 }]);
  });

  it("is due again after the delay of a retry", async () => {
    const { client, queue, advance } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), [{}]);
    const [first] = await queue.lease(1, free);
    if (!first) throw new Error("nothing was leased");
    await queue.record([attempt(first, { kind: "retried", afterMs: 40_000 }, { status: 503, error: "no" })]);
    advance(39_000);
    expect(await queue.lease(1, free)).toEqual([]);
    expect(await queue.dueIn()).toBeLessThanOrEqual(1_000);
    advance(1_001);
    expect(await queue.lease(1, free)).toMatchObject([{ attempt: 2, attemptOfRound: 2 }]);
    const attempts = await client.query("select attempt, status, duration_ms, error from realtime.webhook_attempts");
    expect(attempts).toEqual([{ attempt: 1, status: 503, duration_ms: 13, error: "no" }]);
  });

  it("adds up the URLs that accepted a message", async () => {
    const { client, queue } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A, B] }), [{}, {}]);
    const leased = await queue.lease(4, free);
    await queue.record(leased.slice(1).map((delivery) => attempt(delivery, { kind: "delivered" })));
    const [row] = await client.query<{ sum: number }>("select sum(wh_delivered_count)::integer from realtime.messages");
    expect(row).toEqual({ sum: 3 });
  });

  it("gives one URL no more than its share", async () => {
    const { client, queue } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A, B] }), [{}, {}, {}, {}]);
    const urls = (rows: readonly WebhookDelivery[]) => rows.map(({ url }) => url).toSorted();
    expect(urls(await queue.lease(10, { perUrl: 3, inFlight: new Map([[A, 2]]) }))).toEqual([A, B, B, B]);
    expect(urls(await queue.lease(10, { perUrl: 1, inFlight: new Map([[A, 1]]) }))).toEqual([B]);
  });

  it("leases the deliveries of a channel and URL one after the other where that is configured", async () => {
    const { client, queue } = await setUp();
    const channel = await insertChannel(client, "order:%", { urls: [A, B], inOrder: true });
    await logMessages(client, channel, [{ event: "1" }, { event: "2" }, { channel: "order:2", event: "1" }]);
    const first = await queue.lease(10, free);
    expect(first.map(({ channel, event, url }) => `${channel} ${event} ${url}`).toSorted()).toEqual([
      `order:1 1 ${A}`,
      `order:1 1 ${B}`,
      `order:2 1 ${A}`,
      `order:2 1 ${B}`,
    ]);
    const ended = first.find(({ channel, url }) => channel === "order:1" && url === A);
    const failed = first.find(({ channel, url }) => channel === "order:1" && url === B);
    if (!ended || !failed) throw new Error("not leased");
    await queue.record([attempt(ended, { kind: "dead" }), attempt(failed, { kind: "retried", afterMs: 5_000 })]);
    expect(await queue.lease(10, free)).toMatchObject([{ channel: "order:1", event: "2", url: A }]);
  });

  it("stops what waits for a URL that is gone, until it is enabled and redelivered", async () => {
    const { client, queue } = await setUp();
    const channel = await insertChannel(client, "order:%", { urls: [A, B] });
    await logMessages(client, channel, [{}, {}]);
    const leased = await queue.lease(1, free);
    await queue.record(
      leased.map((delivery) => attempt(delivery, { kind: "disabled" }, { status: 410, error: "gone" })),
    );
    const url = leased[0]?.url ?? "";
    await logMessages(client, channel, [{}]);
    const rows = await deliveriesOf(client);
    expect(rows.filter((row) => row.url === url).map(({ state }) => state)).toEqual(["dead", "dead"]);
    expect(rows.filter((row) => row.url !== url).map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    expect(await client.query("select url, reason from realtime.disabled_webhooks")).toEqual([{ url, reason: "gone" }]);
    expect(await client.query("select realtime.enable_webhook($1) as enabled", [url])).toEqual([{ enabled: true }]);
    const dead = rows.find((row) => row.url === url);
    expect(await client.query("select realtime.redeliver($1) as done", [dead?.id])).toEqual([{ done: true }]);
    expect(await client.query("select realtime.redeliver($1) as done", [dead?.id])).toEqual([{ done: false }]);
    await logMessages(client, channel, [{}]);
    expect((await deliveriesOf(client)).filter((row) => row.url === url && row.state === "pending")).toHaveLength(2);
  });

  it("begins the retries anew when a dead letter is redelivered, and counts an accepted message once", async () => {
    const { client, queue } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), [{}]);
    const lease = async () => (await queue.lease(1, free))[0] ?? expect.fail("nothing was leased");
    await queue.record([attempt(await lease(), { kind: "dead" }, { error: "no" })]);
    const [{ id = "" } = {}] = await deliveriesOf(client);
    for (const round of [2, 3]) {
      await client.query("select realtime.redeliver($1)", [id]);
      const again = await lease();
      expect(again).toMatchObject({ attempt: round, attemptOfRound: 1 });
      await queue.record([attempt(again, { kind: "delivered" })]);
    }
    expect(await client.query("select wh_delivered_count from realtime.messages")).toEqual([{ wh_delivered_count: 1 }]);
  });

  it("keeps a bounded number of attempts, each with a bounded sentence", async () => {
    const { client, queue } = await setUp();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), [{}]);
    for (let count = 0; count < 33; count += 1) {
      const [delivery] = await queue.lease(1, free);
      if (!delivery) throw new Error("nothing was leased");
      await queue.record([attempt(delivery, { kind: "retried", afterMs: 0 }, { error: "x".repeat(5_000) })]);
    }
    const [row] = await client.query(
      "select count(*)::integer, min(attempt), max(length(error))::integer as longest from realtime.webhook_attempts",
    );
    expect(row).toEqual({ count: 30, min: 4, longest: 500 });
  });

  onServers("gives each delivery to one of several workers", async () => {
    const { client, newClient } = await open();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [A] }), Array(200).fill({}));
    const queues = Array.from({ length: 4 }, () => new WebhookQueue({ client: newClient(), leaseMs: 60_000 }));
    const rounds = await Promise.all(queues.flatMap((queue) => [1, 2, 3].map(() => queue.lease(50, free))));
    const ids = rounds.flat().map(({ id }) => id);
    expect([new Set(ids).size, ids.length > 50]).toEqual([ids.length, true]);
  });
});
