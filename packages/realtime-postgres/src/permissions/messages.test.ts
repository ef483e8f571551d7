import { expect, it } from "vitest";
import { SqlError } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { APPLICATION, CHANNELS, CHAT, MIA, ORDER, outbox, POLICIES, ROOM, run } from "../testing/seed-application.js";

onEachDatabase((_name, open) => {
  it("takes any event name and any JSON up to 64 KiB, a reserved event's name too (001-20)", async () => {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, POLICIES, CHAT);
    const mia = (await openSqlNode(client)).enter(MIA);
    const room = `chat:${ROOM}`;
    await mia.subscribe(room);
    for (const [event, payload] of [
      ["error", { code: "no protocol frame" }],
      ["presence:join", null],
      ["constructor", [1, "\u2028", { __proto__: 1 }]],
      ["it's \"; drop table realtime.messages; --", "text"],
      ["largest", "x".repeat(64 * 1024 - 200)],
    ] as const)
      expect(await mia.publish(room, event, payload)).toMatchObject({ ok: true });
    expect(await mia.publish(room, "nothing")).toMatchObject({ ok: true });
    expect(await mia.publish(room, "zero", "\0")).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
    expect(await mia.publish(room, "long numbers", Array(3_000).fill(1e300))).toMatchObject({
      error: { code: "PAYLOAD_INVALID", detail: "The payload is larger than 64 KiB." },
    });
    const rows = await client.query("select event_name, payload from realtime.messages order by created_at");
    expect(rows).toMatchObject([
      { event_name: "error", payload: { code: "no protocol frame" } },
      { event_name: "presence:join", payload: null },
      { event_name: "constructor" },
      { event_name: "it's \"; drop table realtime.messages; --", payload: "text" },
      { event_name: "largest" },
      { event_name: "nothing", payload: null },
    ]);
  });

  it("refuses realtime.publish to clients, and whatever is no message (001-19)", async () => {
    const { client } = await open();
    await run(client, CHANNELS, "insert into realtime.channels (pattern, enabled) values ('off', false)");
    const publish = (...values: readonly unknown[]) =>
      client.query("select realtime.publish($1, $2, $3::text::jsonb) as id", values);
    for (const role of ["anon", "authenticated"])
      await expect(
        client.transaction(async (connection) => {
          await connection.execute(`set local role ${role}`);
          await connection.query("select realtime.publish('orders', 'x', '{}')");
        }),
      ).rejects.toMatchObject({ code: "42501" });
    expect(await publish("orders", "x", "{}")).toEqual([{ id: expect.any(String) }]);
    expect(await publish("declared-in-code.1", "x", null)).toEqual([{ id: expect.any(String) }]);
    expect(await publish("off", "x", "{}")).toEqual([{ id: null }]);
    await expect(publish("orders", "x", JSON.stringify("x".repeat(65_535)))).rejects.toThrow(
      "65537 bytes; at most 65536",
    );
    await expect(publish("orders", "", "{}")).rejects.toThrow('the event ""');
    await expect(publish("", "x", "{}")).rejects.toThrow("needs a name");
    expect((await outbox(client)).map(({ channel_name }) => channel_name)).toEqual(["orders", "declared-in-code.1"]);
  });

  it("publishes from the trigger of a user who may not, and for a role that has been granted it (001-16)", async () => {
    const { client } = await open();
    await run(
      client,
      `create schema if not exists public; grant usage on schema public to authenticated;
       create table orders (id integer primary key, status text); insert into orders values (1, 'new');
       grant select, update on orders to authenticated;
       create function notify_order() returns trigger language plpgsql security definer as $$
         begin perform realtime.publish('order:' || new.id, tg_op || '_order', to_jsonb(new)); return new; end $$;
       create trigger notify_order after update on orders for each row execute function notify_order();
       insert into realtime.channels (pattern) values ('order:%')`,
    );
    await client.transaction(async (connection) => {
      await connection.execute("set local role authenticated");
      await connection.query("update orders set status = 'shipped' where id = 1");
    });
    expect(await outbox(client)).toMatchObject([{ channel_name: "order:1", event_name: "UPDATE_order" }]);
    await client.query("grant execute on function realtime.publish to authenticated");
    await client.transaction(async (connection) => {
      await connection.execute("set local role authenticated");
      await connection.query("select realtime.publish('order:1', 'granted', '{}')");
    });
    expect((await outbox(client)).map(({ event_name }) => event_name)).toEqual(["UPDATE_order", "granted"]);
  });

  it("lets no client choose more of a message than channel, event and payload", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      `
      create policy everything on realtime.messages for insert to authenticated with check (true);
      grant insert on realtime.messages to authenticated`,
    );
    const insert = (columns: string) =>
      client.transaction(async (connection) => {
        await connection.execute(`set local role authenticated; set local "request.jwt.claims" = '{"sub":"mia"}'`);
        await connection.execute(`insert into realtime.messages ${columns}`);
      });
    await insert(`(channel_name, event_name, id, sender_type, sender_id, seq, epoch, "offset", channel_id, created_at, ws_audience_count, trace)
      values ('orders', 'x', '${ORDER}', 'system', 'root', 1, 'e', 1, '${ORDER}', '2000-01-01', 7, 't')`);
    expect(
      await client.query(
        `select id = '${ORDER}' as is_chosen, sender_type, sender_id, seq, epoch, "offset", channel_id = '${ORDER}' as is_other,
           created_at > now() - interval '1 hour' as is_new, ws_audience_count, trace from realtime.messages`,
      ),
    ).toEqual([
      {
        is_chosen: false,
        sender_type: "user",
        sender_id: "mia",
        seq: null,
        epoch: null,
        offset: null,
        is_other: false,
        is_new: true,
        ws_audience_count: 0,
        trace: null,
      },
    ]);
    expect(await outbox(client)).toHaveLength(1);
    await expect(insert("(channel_name, event_name) values ('unknown', 'x')")).rejects.toThrow("unknown or disabled");
    await expect(insert("(channel_name, event_name, exact_payload) values ('orders', 'x', '1')")).rejects.toMatchObject(
      { code: "RT002" },
    );
    await expect(
      insert("(channel_name, event_name, logged_at) values ('orders', 'x', '2000-01-01')"),
    ).rejects.toBeInstanceOf(SqlError); // the row would be in another day's partition
  });

  it("gives policies the channel that is inserted, whatever a client has set", async () => {
    const { client } = await open();
    await run(
      client,
      CHANNELS,
      `create policy own on realtime.messages for insert to authenticated with check (
         realtime.channel_name() = 'order:mine' and realtime.channel_params() = '{mine}')`,
    );
    const insert = (name: string, setting: string) =>
      client.transaction(async (connection) => {
        await connection.execute(
          `set local role authenticated; set local realtime.channel_name = '${setting}'; set local realtime.channel_pattern = 'order:%'`,
        );
        await connection.query("insert into realtime.messages (channel_name, event_name) values ($1, 'x')", [name]);
      });
    await expect(insert("order:yours", "order:mine")).rejects.toThrow("row-level security");
    await insert("order:mine", "order:yours");
  });

  // 001-54
  it("gives no user access without a policy, and row-level security is forced", async () => {
    const { client } = await open();
    await run(client, CHANNELS);
    const mia = (await openSqlNode(client)).enter(MIA);
    expect(await mia.subscribe("orders")).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    expect(
      await client.query(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class where oid in ('realtime.channels'::regclass, 'realtime.messages'::regclass) order by 1",
      ),
    ).toEqual([
      { relname: "channels", relrowsecurity: true, relforcerowsecurity: true },
      { relname: "messages", relrowsecurity: true, relforcerowsecurity: true },
    ]);
  });
});
