import { FakeClock } from "@repo/core-testing";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { deliveriesOf, insertChannel, logMessages } from "./testing/webhook-fixture.js";
import { startReceiver, startWorker } from "./testing/worker-under-test.js";
import { WebhookWorker } from "./webhook-worker.js";

const SECRET = `whsec_${Buffer.from("a secret of the tests").toString("base64")}`;

onEachDatabase((_name, open) => {
  it("posts the payload as it is, signed, and counts the receiver that accepted it", async () => {
    const { client } = await open();
    const receiver = await startReceiver();
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
    await startWorker(client, { secrets: [SECRET], clock: new FakeClock(Date.now()), useOwnTime: false });
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

  it("lets a receiver that never replies hold up no other one", async () => {
    const { client } = await open();
    const [silent, quick] = [await startReceiver(() => undefined), await startReceiver()];
    const channel = await insertChannel(client, "order:%", { urls: [silent.url, quick.url] });
    await logMessages(client, channel, Array(12).fill({}));
    await startWorker(client, { concurrency: 6, perUrl: 3 });
    await expect.poll(() => quick.received.length).toBe(12);
    expect(silent.received).toHaveLength(3);
    await silent.close(); // ends its requests, for which the worker's end would wait
  });

  it("gives a receiver 10 s for a request, and records the attempt then", async () => {
    const { client } = await open();
    const silent = await startReceiver(() => undefined);
    await logMessages(client, await insertChannel(client, "order:%", { urls: [silent.url] }), [{}]);
    const { clock } = await startWorker(client);
    await expect.poll(() => silent.received.length).toBe(1);
    clock.advance(9_999);
    expect(await deliveriesOf(client)).toMatchObject([{ attempts: 1, last_error: null }]);
    clock.advance(1);
    await expect
      .poll(() => deliveriesOf(client))
      .toMatchObject([{ attempts: 1, last_error: "No whole response before the time-out." }]);
    await silent.close();
  });

  it("keeps the order of a channel and URL where that is configured, whatever fails in between", async () => {
    const { client } = await open();
    const receiver = await startReceiver((response, _received, number) =>
      response.writeHead(number % 3 === 0 ? 503 : 200).end(),
    );
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url], inOrder: true });
    const { pass } = await startWorker(client);
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
    const receiver = await startReceiver();
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
    const { pass, errors } = await startWorker(flaky);
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
    const receiver = await startReceiver((response) => (finish = () => response.end()));
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    const { worker } = await startWorker(client);
    await expect.poll(() => receiver.received.length).toBe(1);
    let isClosed = false;
    const closed = worker.close().then(() => (isClosed = true));
    for (let n = 0; n < 20; n += 1) await client.query("select 1"); // as long as it would need without the request
    expect(isClosed).toBe(false);
    finish();
    await closed;
    expect(await deliveriesOf(client)).toMatchObject([{ state: "delivered" }]);
  });
});

it("refuses a lease that is shorter than a request may take", async () => {
  const client = { query: () => Promise.resolve([]) } as unknown as SqlClient; // never used
  expect(() => new WebhookWorker({ client, timeoutMs: 10_000, leaseMs: 10_000 })).toThrow(/leaseMs \(10000\)/);
  expect(() => new WebhookWorker({ client, leaseMs: 10_000 })).toThrow(/timeoutMs \(10000\)/); // the default: 001-53
});

it.each([[""], ["not base64!"], ["whsec_"]])("refuses %j as a secret when it is made", (secret) => {
  const client = { query: () => Promise.resolve([]) } as unknown as SqlClient; // never used
  expect(() => new WebhookWorker({ client, secrets: [SECRET, secret] })).toThrow(/^secrets\[1\] is no secret/);
});
