import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/index.js";
import { deliveriesOf, insertChannel, logMessages } from "./testing/webhook-fixture.js";
import { startReceiver, startWorker } from "./testing/worker-under-test.js";

onEachDatabase((_name, open) => {
  // 001-52
  it("retries after 1 s and 2 s under the same id, then after longer", async () => {
    const { client } = await open();
    const receiver = await startReceiver((response, _received, number) =>
      response.writeHead(number < 4 ? 500 : 204).end(),
    );
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    const { clock, pass } = await startWorker(client);
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

  it("keeps a dead letter when the attempts are used up, and delivers it when that is requested", async () => {
    const { client } = await open();
    const receiver = await startReceiver((response, _received, number) =>
      response.writeHead(number === 1 ? 302 : 200).end(),
    );
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    await startWorker(client, { maxAttempts: 1 });
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("dead");
    const [dead] = await deliveriesOf(client);
    expect(dead?.last_error).toMatch(/replied 302; redirects are not followed/);
    await client.query("select realtime.redeliver($1)", [dead?.id]); // its notification wakes the worker
    await expect.poll(async () => (await deliveriesOf(client))[0]?.state).toBe("delivered");
  });

  it("disables a URL that replied 410", async () => {
    const { client } = await open();
    const receiver = await startReceiver((response) => response.writeHead(410).end());
    const channel = await insertChannel(client, "order:%", { urls: [receiver.url] });
    await logMessages(client, channel, [{}]);
    await startWorker(client);
    await expect
      .poll(() => client.query("select url from realtime.disabled_webhooks"))
      .toEqual([{ url: receiver.url }]);
    await logMessages(client, channel, [{}]);
    expect(await deliveriesOf(client)).toMatchObject([{ state: "dead", attempts: 1, last_status: 410 }]);
  });

  it("stops at once for a URL to which nothing may be sent", async () => {
    const { client } = await open();
    const urls = ["http://10.0.0.1/", "https://[::ffff:127.0.0.2]/", "nonsense"];
    await logMessages(client, await insertChannel(client, "order:%", { urls }), [{}]);
    await startWorker(client);
    await expect
      .poll(async () => (await deliveriesOf(client)).map(({ state }) => state))
      .toEqual(["dead", "dead", "dead"]);
    const errors = (await deliveriesOf(client)).map(({ last_error }) => last_error ?? "").toSorted();
    expect(errors).toMatchObject([/"nonsense" is not a URL/, /10\.0\.0\.1, which is not public/, /loopback/]);
  });

  it("stops a delivery whose every attempt ended with its node", async () => {
    const { client } = await open();
    const receiver = await startReceiver();
    await logMessages(client, await insertChannel(client, "order:%", { urls: [receiver.url] }), [{}]);
    await client.query("update realtime.webhook_deliveries set attempts = 11");
    await startWorker(client);
    await expect.poll(() => deliveriesOf(client)).toMatchObject([{ state: "dead", last_error: /ended before/ }]);
    expect(receiver.received).toEqual([]);
  });
});

async function attemptsOf(client: SqlClient): Promise<readonly { status: number | null; error: string | null }[]> {
  return client.query("select status, error from realtime.webhook_attempts order by delivery_id, attempt");
}
