import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { expect, it, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { createPostgresRealtime } from "../create-postgres-realtime.js";
import { onEachDatabase } from "../testing/index.js";
import { ChannelReader } from "../testing/postgres-node.js";
import { WebhookReceiver } from "./testing/webhook-receiver.js";

/** The seed's trigger: an UPDATE of an order becomes a message on its channel. */
const ORDERS = `
  create table orders (id integer primary key, status text not null);
  insert into orders values (1, 'new');
  create function notify_order_changes() returns trigger language plpgsql security definer as $$
    begin
      perform realtime.publish('order:' || new.id, tg_op || '_order', jsonb_build_object('id', new.id, 'status', new.status));
      return new;
    end $$;
  create trigger order_realtime after insert or update on orders for each row execute function notify_order_changes();
  create policy everyone on realtime.channels for select to anon, authenticated using (true);`;

onEachDatabase((_name, open) => {
  // 001-47 to 001-51
  it("carries an UPDATE to subscribers and receivers, and counts both", async () => {
    const { client } = await open();
    const receiver = await WebhookReceiver.start();
    onTestFinished(() => receiver.close());
    await client.transaction((connection) => connection.execute(ORDERS));
    await client.query("insert into realtime.channels (pattern, webhook_urls) values ('order:%', $1)", [
      [receiver.url],
    ]);
    const readers = await startNode(client);

    await client.query("update orders set status = 'shipped' where id = 1");

    const payload = { id: 1, status: "shipped" };
    for (const reader of readers) expect(await reader.received(1)).toMatchObject([{ event: "UPDATE_order", payload }]);
    await expect.poll(() => receiver.received.length).toBe(1);
    const [{ headers, body } = expect.fail("nothing was received")] = receiver.received;
    expect(JSON.parse(body)).toEqual(payload);
    expect(headers).toMatchObject({ "x-insforge-event": "UPDATE_order", "x-insforge-channel": "order:1" });
    await expect
      .poll(() =>
        client.query("select ws_audience_count, wh_audience_count, wh_delivered_count from realtime.messages"),
      )
      .toEqual([{ ws_audience_count: 2, wh_audience_count: 1, wh_delivered_count: 1 }]);
    expect(await client.query("select pattern, messages::integer, audience::integer from realtime.stats")).toEqual([
      { pattern: "order:%", messages: 1, audience: 2 },
    ]);
  });

  it("carries an INSERT as its own event, and what a client publishes", async () => {
    const { client } = await open();
    const receiver = await WebhookReceiver.start();
    onTestFinished(() => receiver.close());
    const publishes = "create policy all_publish on realtime.messages for insert to anon with check (true)";
    await client.transaction((connection) => connection.execute(`${ORDERS} ${publishes}`));
    await client.query("insert into realtime.channels (pattern, webhook_urls) values ('order:%', $1)", [
      [receiver.url],
    ]);
    const [mia] = await startNode(client);
    await client.query("insert into orders values (2, 'new')");
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]?.headers).toMatchObject({
      "x-insforge-event": "INSERT_order",
      "x-insforge-channel": "order:2",
    });
    mia?.publish("order:1", "note", { text: "Ring twice" });
    await expect.poll(() => receiver.received.length).toBe(2);
    const [, { headers, body } = expect.fail("nothing was received")] = receiver.received;
    expect(headers).toMatchObject({ "x-insforge-event": "note", "x-insforge-channel": "order:1" });
    expect(JSON.parse(body)).toEqual({ text: "Ring twice" });
  });
});

/** A node, and two clients that are subscribed to order:1. */
async function startNode(client: SqlClient): Promise<readonly ChannelReader[]> {
  const postgres = createPostgresRealtime({ client, webhooks: { allowHttp: true, allowAddresses: ["127.0.0.1"] } });
  const realtime = createRealtime({ ...postgres, authenticator: { authenticate: () => null } });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(async () => {
    await realtime.close();
    await postgres.close();
  });
  const readers = [new ChannelReader(server), new ChannelReader(server)];
  for (const reader of readers) await reader.subscribe({ channel: "order:1" });
  return readers;
}
