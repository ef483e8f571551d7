import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { migrate, PgliteClient, WebhookWorker } from "@repo/realtime-postgres";
import { expect, it, onTestFinished } from "vitest";
import { createWebhookReceiver } from "./webhook-receiver";

const SECRET = `whsec_${Buffer.from("a secret of the tests").toString("base64")}`;
const A_NEW_DATABASE_MS = 120_000;

it("is the receiver that the guide shows", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  expect(read("../guides/webhooks.md")).toContain(read("webhook-receiver.ts"));
});

it(
  "accepts what a worker sends, once, and nothing that is signed by another",
  async () => {
    const database = await PGlite.create();
    const client = new PgliteClient(database);
    onTestFinished(() => database.close());
    await migrate(client);
    const received: unknown[] = [];
    const receiver = createWebhookReceiver(SECRET, async (event, payload) => void received.push([event, payload]));
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void receiver.close());
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await client.query("insert into realtime.channels (pattern, webhook_urls) values ('order:%', $1)", [[url]]);
    await client.query(
      `insert into realtime.messages (channel_id, channel_name, event_name, payload, seq)
       select id, 'order:1', 'täglich', '{"total": 5}', 1 from realtime.channels`,
    );
    const startWorker = async (secret: string): Promise<WebhookWorker> => {
      const worker = new WebhookWorker({ client, secrets: [secret], allowHttp: true, allowAddresses: ["127.0.0.1"] });
      await worker.start();
      return worker;
    };
    const statusIs = async (status: number): Promise<void> => {
      const read = () => client.query("select last_status from realtime.webhook_deliveries");
      await expect.poll(read).toEqual([{ last_status: status }]);
    };
    const stranger = await startWorker(`whsec_${Buffer.from("another").toString("base64")}`);
    await client.query("select realtime.enqueue_webhooks(1, 1)");
    await statusIs(400);
    await stranger.close();
    expect(received).toEqual([]);

    const worker = await startWorker(SECRET);
    await statusIs(204);
    await client.query("select realtime.redeliver(id) from realtime.webhook_deliveries");
    await expect.poll(() => client.query("select from realtime.webhook_attempts where status = 204")).toHaveLength(2);
    await worker.close();
    expect(received).toEqual([["täglich", { total: 5 }]]);
  },
  A_NEW_DATABASE_MS,
);
