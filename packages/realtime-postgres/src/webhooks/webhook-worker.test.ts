import { FakeClock } from "@repo/core-testing";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { WebhookReceiver } from "./testing/webhook-receiver.js";
import { deliveriesOf, insertChannel, logMessages } from "./testing/webhook-scene.js";
import { WebhookWorker, type WebhookWorkerOptions } from "./webhook-worker.js";

const SECRET = `whsec_${Buffer.from("a secret of the tests").toString("base64")}`;

const open_: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open_.splice(0).toReversed()) await part.close();
});

async function receive(reply?: WebhookReceiver["reply"]): Promise<WebhookReceiver> {
  const receiver = await WebhookReceiver.start();
  if (reply) receiver.reply = reply;
  open_.push(receiver);
  return receiver;
}

/** A worker in a time that stands still: it is woken by notifications, by the end of a request, and by `pass`. */
async function work(client: SqlClient, options: Partial<WebhookWorkerOptions> = {}) {
  const clock = new FakeClock(Date.now() + 60_000); // ahead of whatever the database's clock says when a row is made
  const local = { allowHttp: true, allowAddresses: ["127.0.0.1"], random: () => 1, useOwnTime: true };
  const errors: unknown[] = [];
  const onError = (cause: unknown): number => errors.push(cause);
  const worker = new WebhookWorker({ client, clock, onError, ...local, ...options });
  open_.push(worker);
  await worker.start();
  /** Lets time pass when what runs has been recorded, so that a retry is due at an exact moment. */
  const pass = async (ms: number): Promise<void> => {
    await expect.poll(() => clock.waiting).toBe(1); // its timer: it has nothing to do
    clock.advance(ms);
  };
  return { worker, clock, errors, pass };
}

onEachDatabase((_name, open) => {
  it("posts the payload as it is, signed, and counts the receiver that accepted it", async () => {
    const { client } = await open();
    const receiver = await receive();
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
    await work(client, { secrets: [SECRET], clock: new FakeClock(Date.now()), useOwnTime: false });
    const payload = { total: 5, name: "Zoë" };
    const [id] = await logMessages(client, channel, [{ channel: "order:7", event: "placed", payload }]);
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("delivered");
    const [{ headers, body } = expect.fail("nothing was received")] = receiver.received;
    expect(JSON.parse(body)).toEqual(payload);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-insforge-event": "placed",
      "x-insforge-channel": "order:7",
      "x-insforge-message-id": id,
    });
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(new Webhook(SECRET).verify(body, sent)).toEqual(payload);
    const counts = await client.query("select wh_audience_count, wh_delivered_count from realtime.messages");
    expect(counts).toEqual([{ wh_audience_count: 1, wh_delivered_count: 1 }]);
  });

  it("retries after 1 s and 2 s under the same id, then after longer", async () => {
    const { client } = await open();
    const receiver = await receive((response, _received, number) => response.writeHead(number < 4 ? 500 : 204).end());
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    const { clock, pass } = await work(client);
    for (const [failures, delay] of [1_000, 2_000, 10_000].entries()) {
      await expect.poll(async () => (await attemptsOf(client)).length).toBe(failures + 1);
      const [row] = await client.query<{ next_at: Date }>("select next_at from realtime.webhook_deliveries");
      expect(Number(row?.next_at) - clock.now()).toBe(delay);
      await pass(delay);
    }
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("delivered");
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await attemptsOf(client)).map(({ status, error }) => [status, error])).toEqual([
      [500, "The receiver replied 500."],
      [500, "The receiver replied 500."],
      [500, "The receiver replied 500."],
      [204, null],
    ]);
  });

  it("keeps a dead letter when the attempts are used up, and delivers it when that is asked for", async () => {
    const { client } = await open();
    const receiver = await receive((response, _received, number) => response.writeHead(number === 1 ? 302 : 200).end());
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    await work(client, { maxAttempts: 1 });
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("dead");
    const [dead] = await deliveriesOf(client);
    expect(dead?.last_error).toMatch(/replied 302; redirects are not followed/);
    await client.query("select realtime.redeliver($1)", [dead?.id]); // its notification wakes the worker
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("delivered");
  });

  it("disables a URL that replied 410", async () => {
    const { client } = await open();
    const receiver = await receive((response) => response.writeHead(410).end());
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
    await logMessages(client, channel, [{}]);
    await work(client);
    await expect
      .poll(() => client.query("select url from realtime.disabled_webhooks"))
      .toEqual([{ url: receiver.url }]);
    await logMessages(client, channel, [{}]);
    expect(await deliveriesOf(client)).toMatchObject([{ state: "dead", attempts: 1, last_status: 410 }]);
  });

  it("gives up at once on a URL to which nothing may be sent", async () => {
    const { client } = await open();
    const urls = ["http://10.0.0.1/", "https://[::ffff:127.0.0.2]/", "nonsense"];
    await logMessages(client, await insertChannel(client, "order:%", { urls }), [{}]);
    await work(client);
    await expect
      .poll(async () => (await deliveriesOf(client)).map(({ state }) => state))
      .toEqual(["dead", "dead", "dead"]);
    const errors = (await deliveriesOf(client)).map(({ last_error }) => last_error ?? "").toSorted();
    expect(errors).toMatchObject([/"nonsense" is not a URL/, /10\.0\.0\.1, which is not public/, /loopback/]);
  });

  it("lets a receiver that never replies hold up no other one", async () => {
    const { client } = await open();
    const [silent, quick] = [await receive(() => undefined), await receive()];
    const channel = await insertChannel(client, "order:%", { urls: [silent.url, quick.url] });
    await logMessages(client, channel, Array(12).fill({}));
    await work(client, { concurrency: 6, perUrl: 3 });
    await expect.poll(() => quick.received.length).toBe(12);
    expect(silent.received).toHaveLength(3);
    await silent.close(); // ends its requests, for which the worker's end would wait
  });

  it("keeps the order of a channel and URL where that is asked for, whatever fails in between", async () => {
    const { client } = await open();
    const receiver = await receive((response, _received, number) =>
      response.writeHead(number % 3 === 0 ? 503 : 200).end(),
    );
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url], inOrder: true });
    const { pass } = await work(client);
    await logMessages(
      client,
      channel,
      Array.from({ length: 6 }, (_, index) => ({ payload: index })),
    );
    await expect
      .poll(async () => {
        await pass(1_000);
        return (await deliveriesOf(client)).every(({ state }) => state === "delivered");
      })
      .toBe(true);
    const bodies = receiver.received.map(({ body }) => Number(body));
    expect(bodies).toEqual(bodies.toSorted());
    expect(new Set(bodies).size).toBe(6);
  });

  it("records what a receiver accepted when the database is there again, without sending it twice", async () => {
    const { client } = await open();
    const receiver = await receive();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    let refusals = 2;
    const transaction: SqlClient["transaction"] = (run, isolation) =>
      refusals-- > 0 ? Promise.reject(new Error("the database is away")) : client.transaction(run, isolation);
    const flaky: SqlClient = {
      query: (sql, values) => client.query(sql, values),
      listen: (channel, listener) => client.listen(channel, listener),
      session: () => client.session(),
      close: () => client.close(),
      transaction,
    };
    const { pass, errors } = await work(flaky);
    for (const failures of [1, 2]) {
      await expect.poll(() => errors.length).toBe(failures);
      await pass(1_000);
    }
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("delivered");
    expect(receiver.received).toHaveLength(1);
  });

  it("ends after what it sends, and records it", async () => {
    const { client } = await open();
    let finish = (): void => undefined;
    const receiver = await receive((response) => (finish = () => response.end()));
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    const { worker } = await work(client);
    await expect.poll(() => receiver.received.length).toBe(1);
    const closed = worker.close();
    finish();
    await closed;
    expect(await deliveriesOf(client)).toMatchObject([{ state: "delivered" }]);
  });

  it("gives up on a delivery whose every attempt ended with its node", async () => {
    const { client } = await open();
    const receiver = await receive();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    await client.query("update realtime.webhook_deliveries set attempts = 11");
    await work(client);
    await expect.poll(() => deliveriesOf(client)).toMatchObject([{ state: "dead", last_error: /ended before/ }]);
    expect(receiver.received).toEqual([]);
  });
});

it("refuses a lease that is shorter than a request may take", async () => {
  const client = { query: () => Promise.resolve([]) } as unknown as SqlClient; // never used
  expect(() => new WebhookWorker({ client, timeoutMs: 10_000, leaseMs: 10_000 })).toThrow(/leaseMs \(10000\)/);
});

async function attemptsOf(client: SqlClient): Promise<readonly { status: number | null; error: string | null }[]> {
  return client.query("select status, error from realtime.webhook_attempts order by delivery_id, attempt");
}
