import { expect, it } from "vitest";
import type { SqlClient } from "./client/sql-client.js";
import { onEachDatabase, openSqlNode } from "./testing/index.js";

const MIA = "00000000-0000-4000-8000-000000000001";
const SAM = "00000000-0000-4000-8000-000000000002";
const [ORDER, ROOM] = ["00000000-0000-4000-8000-0000000000aa", "00000000-0000-4000-8000-0000000000bb"];

/** The tables of the seed's application: Mia owns the order and is in the room, Sam is an admin. */
const APPLICATION = `
  create schema if not exists public;
  create table orders (id uuid primary key, user_id uuid, status text, total numeric);
  create table admins (user_id uuid primary key);
  create table chat_members (room_id uuid, user_id uuid, primary key (room_id, user_id));
  grant usage on schema public to authenticated;
  grant select on orders, admins, chat_members to authenticated;
  insert into orders values ('${ORDER}', '${MIA}', 'new', 12.5);
  insert into admins values ('${SAM}');
  insert into chat_members values ('${ROOM}', '${MIA}');`;

/** Verbatim from the seed. */
const CHANNELS = `
INSERT INTO realtime.channels (pattern, description, webhook_urls, enabled)
VALUES
  ('orders', 'Global order events', NULL, true),
  ('order:%', 'Order-specific events (order:123)', NULL, true),
  ('chat:%', 'Chat room events', ARRAY['https://hooks.example.com/chat'], true);`;

/** Verbatim from the seed. */
const POLICIES = `
-- Public channel: anyone can subscribe
CREATE POLICY "public_subscribe_orders"
ON realtime.channels FOR SELECT
TO authenticated
USING (pattern = 'orders');

-- User-specific: only owner can subscribe to their order channel
CREATE POLICY "users_subscribe_own_orders"
ON realtime.channels FOR SELECT
TO authenticated
USING (
  pattern = 'order:%'
  AND EXISTS (
    SELECT 1 FROM orders
    WHERE id = NULLIF(split_part(realtime.channel_name(), ':', 2), '')::uuid
      AND user_id = auth.uid()
  )
);

-- Only admins can publish to order channels
CREATE POLICY "admins_publish_orders"
ON realtime.messages FOR INSERT
TO authenticated
WITH CHECK (
  channel_name LIKE 'order:%'
  AND EXISTS (SELECT 1 FROM admins WHERE user_id = auth.uid())
);

-- Users can publish to chat rooms they're members of
CREATE POLICY "members_publish_chat"
ON realtime.messages FOR INSERT
TO authenticated
WITH CHECK (
  channel_name LIKE 'chat:%'
  AND EXISTS (
    SELECT 1 FROM chat_members
    WHERE room_id = NULLIF(split_part(channel_name, ':', 2), '')::uuid
      AND user_id = auth.uid()
  )
);`;

/** Verbatim from the seed. */
const TRIGGER = `
CREATE OR REPLACE FUNCTION notify_order_changes()
RETURNS TRIGGER AS $$
BEGIN
  PERFORM realtime.publish(
    'order:' || NEW.id::text,           -- channel name
    TG_OP || '_order',                   -- event: INSERT_order, UPDATE_order, DELETE_order
    jsonb_build_object(
      'id', NEW.id,
      'status', NEW.status,
      'total', NEW.total
    )
  );
  RETURN NEW;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER;

CREATE TRIGGER order_realtime
  AFTER INSERT OR UPDATE ON orders
  FOR EACH ROW
  EXECUTE FUNCTION notify_order_changes();`;

/** Everybody in a chat room may subscribe: the seed leaves this one to its reader. */
const CHAT = `create policy chat_subscribe on realtime.channels for select to authenticated using (pattern = 'chat:%')`;

async function run(client: SqlClient, ...scripts: readonly string[]): Promise<void> {
  for (const script of scripts) await client.transaction((connection) => connection.execute(script));
}

async function outbox(client: SqlClient) {
  return client.query(
    `select channel_name, event_name, payload, sender_type, sender_id, stored_at is not null as is_stored
     from realtime.outbox order by seq`,
  );
}

onEachDatabase((_name, open) => {
  it("lets subscribe by the seed's SELECT policies (001-02, 001-04, 001-10, 001-11, 001-12, 001-15)", async () => {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, POLICIES);
    const { enter } = await openSqlNode(client);
    const [mia, sam, nobody] = [enter(MIA), enter(SAM), enter()];
    expect(await mia.subscribe("orders")).toMatchObject({ ok: true });
    expect(await sam.subscribe("orders")).toMatchObject({ ok: true });
    expect(await nobody.subscribe("orders")).toMatchObject({ error: { code: "UNAUTHORIZED", retry: "never" } });
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
});
