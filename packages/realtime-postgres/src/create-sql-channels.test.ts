import { expect, it } from "vitest";
import { onEachDatabase, openSqlNode } from "./testing/index.js";
import {
  APPLICATION,
  CHANNELS,
  CHAT,
  MIA,
  ORDER,
  outbox,
  POLICIES,
  ROOM,
  run,
  SAM,
  TRIGGER,
} from "./testing/seed-application.js";

onEachDatabase((_name, open) => {
  it("lets subscribe by the seed's SELECT policies (001-02, 001-04, 001-10, 001-11, 001-12, 001-15)", async () => {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, POLICIES);
    const { enter } = await openSqlNode(client);
    const [mia, sam, visitor] = [enter(MIA), enter(SAM), enter()];
    expect(await mia.subscribe("orders")).toMatchObject({ ok: true });
    expect(await sam.subscribe("orders")).toMatchObject({ ok: true });
    expect(await visitor.subscribe("orders")).toMatchObject({ error: { code: "UNAUTHORIZED", retry: "never" } });
    expect(await mia.subscribe(`order:${ORDER}`)).toMatchObject({ ok: true });
    expect(await sam.subscribe(`order:${ORDER}`)).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    expect(await mia.subscribe(`chat:${ROOM}`)).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    expect(await mia.subscribe("invoices")).toMatchObject({ error: { code: "CHANNEL_UNKNOWN" } });
  });

  it("lets publish by the seed's INSERT policies, and sets sender, id and time (001-03, 001-13, 001-14)", async () => {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, POLICIES, CHAT);
    const { enter } = await openSqlNode(client);
    const [mia, sam] = [enter(MIA), enter(SAM)];
    for (const each of [mia, sam]) await each.subscribe(`chat:${ROOM}`);
    const accepted = await mia.publish(`chat:${ROOM}`, "new_message", { text: "Hello!", sender: "Alice" });
    expect(accepted).toMatchObject({ ok: true, result: { messageId: expect.any(String) } });
    expect(await sam.publish(`chat:${ROOM}`, "new_message", { text: "no" })).toMatchObject({
      error: { code: "UNAUTHORIZED", retry: "never" },
    });
    expect(await outbox(client)).toEqual([
      {
        channel_name: `chat:${ROOM}`,
        event_name: "new_message",
        payload: null,
        sender_type: "user",
        sender_id: MIA,
        is_stored: true,
      },
    ]);
    expect(
      await client.query(
        "select payload, sender_id, seq, channel_id = (select id from realtime.channels where pattern = 'chat:%') as is_chat from realtime.messages",
      ),
    ).toEqual([{ payload: { text: "Hello!", sender: "Alice" }, sender_id: MIA, seq: null, is_chat: true }]);
  });

  it("lets admins publish to orders, and not the order's owner, by the seed's INSERT policy (001-13)", async () => {
    const { client } = await open();
    const admins = `create policy admins_subscribe on realtime.channels for select to authenticated
      using (pattern = 'order:%' and exists (select 1 from admins where user_id = auth.uid()))`;
    await run(client, APPLICATION, CHANNELS, POLICIES, admins);
    const { enter } = await openSqlNode(client);
    const [mia, sam] = [enter(MIA), enter(SAM)];
    for (const each of [mia, sam]) expect(await each.subscribe(`order:${ORDER}`)).toMatchObject({ ok: true });
    expect(await sam.publish(`order:${ORDER}`, "note", {})).toMatchObject({ ok: true });
    expect(await mia.publish(`order:${ORDER}`, "note", {})).toMatchObject({ error: { code: "UNAUTHORIZED" } });
  });

  it("publishes from the seed's trigger (001-16, 001-17, 001-18)", async () => {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, TRIGGER);
    await client.query("update orders set status = 'paid' where id = $1", [ORDER]);
    expect(await outbox(client)).toEqual([
      {
        channel_name: `order:${ORDER}`,
        event_name: "UPDATE_order",
        payload: { id: ORDER, status: "paid", total: 12.5 },
        sender_type: "system",
        sender_id: null,
        is_stored: false,
      },
    ]);
  });

  it("keeps the seed's channel rows as they are written (001-05, 001-06)", async () => {
    const { client } = await open();
    await run(client, CHANNELS);
    const rows = await client.query(
      "select pattern, description, webhook_urls, enabled from realtime.channels order by pattern",
    );
    expect(rows).toEqual([
      {
        pattern: "chat:%",
        description: "Chat room events",
        webhook_urls: ["https://hooks.example.com/chat"],
        enabled: true,
      },
      { pattern: "order:%", description: "Order-specific events (order:123)", webhook_urls: null, enabled: true },
      { pattern: "orders", description: "Global order events", webhook_urls: null, enabled: true },
    ]);
  });

  it("declares the seed's columns (001-44, 001-45, 001-46)", async () => {
    const { client } = await open();
    const columns = await client.query(
      `select table_name || '.' || column_name || ' ' || udt_name as name from information_schema.columns
       where table_schema = 'realtime' and table_name in ('channels', 'messages')`,
    );
    expect(columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "channels.id uuid",
        "channels.pattern text",
        "channels.description text",
        "channels.webhook_urls _text",
        "channels.enabled bool",
        "messages.id uuid",
        "messages.event_name text",
        "messages.channel_id uuid",
        "messages.channel_name text",
        "messages.payload jsonb",
        "messages.sender_type text",
        "messages.sender_id text",
        "messages.ws_audience_count int4",
        "messages.wh_audience_count int4",
        "messages.wh_delivered_count int4",
      ]),
    );
  });
});
