import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import type { SqlClient } from "../client/sql-client.js";
import { openNode } from "../testing/postgres-node.js";
import { onEachDatabase } from "../testing/test-databases.js";

const order = defineRealtimeChannel({
  name: "order:{id}",
  scope: "public",
  payload: { moved: z.object({ to: z.number() }) },
  history: { size: 100, ttlMs: 60_000 },
});

const URLS = ["https://hooks.example.com/orders"];

onEachDatabase((_name, open) => {
  async function nodeWith(...patterns: readonly (readonly [pattern: string, isEnabled: boolean])[]) {
    const { client } = await open();
    for (const [pattern, isEnabled] of patterns)
      await client.query("insert into realtime.channels (pattern, enabled, webhook_urls) values ($1, $2, $3)", [
        pattern,
        isEnabled,
        URLS,
      ]);
    const node = await openNode(client, [order], { webhooks: false });
    await expect.poll(() => node.postgres.isRelay).toBe(true);
    await expect.poll(() => client.query("select names from realtime.code_channels")).not.toEqual([{ names: null }]);
    return { client, node };
  }

  it("publishes on a channel declared in code although a pattern over its name is disabled", async () => {
    const { client, node } = await nodeWith(["order:%", false], ["order:%:items", false]);
    const reader = await node.subscriber("order:1");
    expect(await publish(client, "order:1")).toEqual([{ id: expect.any(String) }]);
    expect(await reader.received(1)).toMatchObject([{ event: "moved", payload: { to: 1 } }]);
    expect(await publish(client, "order:1:items")).toEqual([{ id: null }]); // no name of the channel in code
    expect(await deliveries(client)).toEqual([]); // a disabled pattern sends no webhooks
  });

  it("sends what is published on a channel declared in code to the webhooks of an enabled pattern, whoever publishes it", async () => {
    const { client, node } = await nodeWith(["order:%", true]);
    const reader = await node.subscriber("order:1");
    await publish(client, "order:1");
    await node.realtime.broadcaster.broadcast(order.at({ id: "1" }), "moved", { to: 2 });
    await reader.received(2);
    expect(await deliveries(client)).toEqual([
      { channel_name: "order:1", pattern: "order:%", body: { to: 1 } },
      { channel_name: "order:1", pattern: "order:%", body: { to: 2 } },
    ]);
  });

  it("sends what the server broadcasts on a SQL channel to the pattern's webhooks", async () => {
    const { client, node } = await nodeWith(["news:%", true], ["news:quiet", true]);
    await client.query("update realtime.channels set webhook_urls = null where pattern = 'news:quiet'");
    await client.query("create policy p on realtime.channels for select to anon using (true)");
    const reader = await node.subscriber("news:1", "news:quiet");
    for (const name of ["news:1", "news:quiet"]) {
      const { address } = node.realtime.registry.resolve(name) ?? expect.unreachable();
      await node.realtime.broadcaster.broadcast(address, "e", { to: name });
    }
    await reader.received(2);
    expect(await deliveries(client)).toEqual([{ channel_name: "news:1", pattern: "news:%", body: { to: "news:1" } }]);
    expect(
      await client.query(
        "select m.channel_name, c.pattern from realtime.messages m join realtime.channels c on c.id = m.channel_id order by seq",
      ),
    ).toEqual([
      { channel_name: "news:1", pattern: "news:%" },
      { channel_name: "news:quiet", pattern: "news:quiet" },
    ]);
  });

  it("lets no client of the database insert a message of a channel declared in code, whatever the policies allow", async () => {
    const { client } = await nodeWith(["order:%", true], ["news", true]);
    await client.query("create policy p on realtime.messages for insert to authenticated with check (true)");
    const insert = (name: string) =>
      client.transaction(async (connection) => {
        await connection.execute("set local role authenticated");
        await connection.query("insert into realtime.messages (channel_name, event_name) values ($1, 'x')", [name]);
      });
    await expect(insert("order:1")).rejects.toThrow("declared in code");
    await insert("news");
  });
});

const publish = (client: SqlClient, channel: string) =>
  client.query(`select realtime.publish($1, 'moved', '{"to": 1}') as id`, [channel]);

const deliveries = (client: SqlClient) =>
  client.query(
    `select d.channel_name, c.pattern, d.body::json as body from realtime.webhook_deliveries d
     left join realtime.channels c on c.id = d.channel_id order by d.seq`,
  );
