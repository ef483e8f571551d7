import type { SqlClient } from "../client/sql-client.js";

/** What seed 001 writes, verbatim, and the tables that its policies stand on. */

export const MIA = "00000000-0000-4000-8000-000000000001";
/** A user of the seeded application. */
export const SAM = "00000000-0000-4000-8000-000000000002";
/** An order of Mia's. */
export const ORDER = "00000000-0000-4000-8000-0000000000aa";
/** A room that Mia is a member of. */
export const ROOM = "00000000-0000-4000-8000-0000000000bb";

/** The tables of the seed's application: Mia owns the order and is in the room, Sam is an admin. */
export const APPLICATION = `
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
export const CHANNELS = `
INSERT INTO realtime.channels (pattern, description, webhook_urls, enabled)
VALUES
  ('orders', 'Global order events', NULL, true),
  ('order:%', 'Order-specific events (order:123)', NULL, true),
  ('chat:%', 'Chat room events', ARRAY['https://hooks.example.com/chat'], true);`;

/** Verbatim from the seed. */
export const POLICIES = `
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
export const TRIGGER = `
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

/** Every user who may subscribe to a chat room: the seed leaves this policy to its reader. */
export const CHAT = `create policy chat_subscribe on realtime.channels for select to authenticated using (pattern = 'chat:%')`;

/** Runs scripts, each in a transaction. */
export async function run(client: SqlClient, ...scripts: readonly string[]): Promise<void> {
  for (const script of scripts) await client.transaction((connection) => connection.execute(script));
}

/** What waits for the relay, in the order in which it was written. */
export async function outbox(client: SqlClient) {
  return client.query(
    `select channel_name, event_name, payload, sender_type, sender_id, stored_at is not null as is_stored
     from realtime.outbox order by seq`,
  );
}
