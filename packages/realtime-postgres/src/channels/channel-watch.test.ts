import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { run } from "../testing/seed-application.js";

onEachDatabase((_name, open) => {
  it("declares, disables, changes and deletes channels while it runs (001-08, 001-09)", async () => {
    const { client } = await open();
    await run(client, "create policy everybody on realtime.channels for select to anon using (true)");
    const { enter, realtime } = await openSqlNode(client);
    const visitor = enter();
    const status = async (name: string) => {
      const reply = await visitor.subscribe(name);
      return reply.type === "reply" && !reply.ok ? reply.error.code : "ok";
    };
    const insert = (pattern: string) => client.query("insert into realtime.channels (pattern) values ($1)", [pattern]);
    expect(await status("order:1")).toBe("CHANNEL_UNKNOWN");
    await insert("order:%");
    await insert("log:%%");
    await insert("order:vip");
    await expect
      .poll(() => realtime.registry.listChannels().map(({ name }) => name))
      .toEqual(["order:vip", "order:%", "log:%%"]);
    for (const name of ["order:1", "order:vip", "log:a", "log:a:b:c", "order:mia%40example.com", "order:1.5"])
      expect([name, await status(name)]).toEqual([name, "ok"]);
    for (const name of [
      "order",
      "order:",
      "order:1:2",
      "order:a%3Ab",
      "order:%25",
      "order:a b",
      "order:%61",
      "log",
      "log:",
      "log:a::b",
      "order:%00",
    ])
      expect([name, await status(name)]).toEqual([name, "CHANNEL_UNKNOWN"]);
    await client.query("update realtime.channels set enabled = false where pattern = 'order:vip'");
    await expect.poll(() => visitor.left()).toEqual([["order:vip", "CHANNEL_DISABLED"]]);
    expect(await status("order:vip")).toBe("CHANNEL_DISABLED"); // and does not fall to order:%
    await client.query("delete from realtime.channels where pattern = 'log:%%'");
    await expect
      .poll(() => visitor.left().slice(1).toSorted())
      .toEqual([
        ["log:a", "CHANNEL_DISABLED"],
        ["log:a:b:c", "CHANNEL_DISABLED"],
      ]);
    await client.query("update realtime.channels set pattern = 'orders:%' where pattern = 'order:%'");
    await expect.poll(() => visitor.left().length).toBe(6);
  });

  it("ends what is open on every node when a pattern is disabled: nobody publishes, and nothing is delivered", async () => {
    const { client, newClient } = await open();
    await run(
      client,
      `insert into realtime.channels (pattern) values ('order:%');
       create policy everybody on realtime.channels for select to anon using (true);
       create policy all_publish on realtime.messages for insert to anon with check (true)`,
    );
    const nodes = [await openSqlNode(client), await openSqlNode(newClient())];
    const visitors = nodes.map(({ enter }) => enter());
    for (const visitor of visitors) expect(await visitor.subscribe("order:1")).toMatchObject({ ok: true });
    await client.query("update realtime.channels set enabled = false where pattern = 'order:%'");
    for (const visitor of visitors) {
      await expect.poll(() => visitor.left()).toEqual([["order:1", "CHANNEL_DISABLED"]]);
      expect(await visitor.publish("order:1", "note", {})).toMatchObject({ ok: false });
    }
    expect(await client.query("select realtime.publish('order:1', 'note', '{}') as id")).toEqual([{ id: null }]);
    expect(await client.query("select id from realtime.messages union select id from realtime.outbox")).toEqual([]);
  });

  it("lets a subscription go on under the broader pattern when its own is deleted, where the policies allow it", async () => {
    const { client } = await open();
    await run(
      client,
      `insert into realtime.channels (pattern) values ('order:vip'), ('order:%');
       create policy vip on realtime.channels for select to authenticated using (pattern = 'order:vip');
       create policy mia on realtime.channels for select to authenticated using (pattern = 'order:%' and auth.jwt() ->> 'sub' = 'mia')`,
    );
    const { enter, realtime } = await openSqlNode(client);
    const [mia, sam] = [enter("mia"), enter("sam")];
    for (const each of [mia, sam]) expect(await each.subscribe("order:vip")).toMatchObject({ ok: true });
    await client.query("delete from realtime.channels where pattern = 'order:vip'");
    await expect.poll(() => sam.left()).toEqual([["order:vip", "UNAUTHORIZED"]]);
    expect(mia.left()).toEqual([]);
    const broader = realtime.registry.resolve("order:vip");
    expect(broader?.address).toMatchObject({ channel: { name: "order:%" }, params: { 1: "vip" } });
    expect(await mia.publish("order:vip", "e")).toMatchObject({ error: { code: "UNAUTHORIZED" } }); // subscribed, and no more
  });

  it("finds changes without notifications too, within a second", async () => {
    const { client } = await open();
    const clock = new FakeClock();
    const deaf: SqlClient = {
      query: (sql, values) => client.query(sql, values),
      transaction: (work) => client.transaction(work),
      listen: async () => async () => undefined,
      session: async () => undefined,
      close: async () => undefined,
    };
    const { realtime } = await openSqlNode(deaf, { clock });
    await client.query("insert into realtime.channels (pattern) values ('order:%')");
    clock.advance(1_000);
    await expect.poll(() => realtime.registry.listChannels().map(({ name }) => name)).toEqual(["order:%"]);
  });
});
