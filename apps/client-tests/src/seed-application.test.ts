import { createRealtimeClient } from "@repo/realtime-client";
import { withEvents, type EventMessage } from "@repo/realtime-client/events";
import { createPostgresRealtime } from "@repo/realtime-postgres";
import {
  APPLICATION,
  CHANNELS,
  CHAT,
  MIA,
  onEachDatabase,
  ORDER,
  POLICIES,
  ROOM,
  run,
  SAM,
  TRIGGER,
} from "@repo/realtime-postgres/testing";
import { byToken } from "@repo/core-testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { ServerUnderTest } from "./server-under-test.js";
import { TRANSPORTS } from "./transports-under-test.js";

/** The seed's complete example, verbatim but for its import, its address and its order. */
const EXAMPLE = `
const insforge = createClient({ baseUrl: 'https://your-project.insforge.app' })

// Error handling
insforge.realtime.on('error', (err) => console.error('RT Error:', err.code, err.message))
insforge.realtime.on('disconnect', (reason) => console.log('Disconnected:', reason))

// Connect and subscribe
await insforge.realtime.connect()
const { ok } = await insforge.realtime.subscribe('order:123')

if (ok) {
  // Listen for events
  insforge.realtime.on('UPDATE_order', (payload) => {
    console.log('Order updated:', payload.status)
    console.log('Message ID:', payload.meta.messageId)
  })
}

// Cleanup
function cleanup() {
  insforge.realtime.unsubscribe('order:123')
  insforge.realtime.disconnect()
}
return { ok, cleanup }`.replaceAll("order:123", `order:${ORDER}`);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

vi.setConfig({ testTimeout: 60_000 }); // PGlite is compiled within the first test

onEachDatabase((_name, open) => {
  async function application(...more: readonly string[]) {
    const { client } = await open();
    await run(client, APPLICATION, CHANNELS, POLICIES, CHAT, TRIGGER, ...more);
    const postgres = createPostgresRealtime({ client, nodes: "one", webhooks: false });
    const people = Object.fromEntries([MIA, SAM].map((userId) => [userId, { userId, roles: [] }]));
    const server = new ServerUnderTest({ ...postgres, authenticator: byToken(people) });
    await server.start();
    onTestFinished(async () => {
      await server.close();
      await postgres.close();
    });
    const createClient = (userId: string, transport: keyof typeof TRANSPORTS = "ws") => {
      const transports = [TRANSPORTS[transport]?.() ?? expect.unreachable()] as const;
      const realtime = withEvents(
        createRealtimeClient({ url: `${server.origin}/realtime`, auth: () => userId, transports }),
      );
      onTestFinished(() => realtime.disconnect());
      return { realtime };
    };
    return {
      client,
      createClient,
      pay: () => client.query("update orders set status = 'paid' where id = $1", [ORDER]),
    };
  }

  it("runs the seed's complete example (001-01, 001-21 to 001-41)", async () => {
    const { createClient, pay } = await application();
    const printed: unknown[][] = [];
    const print = (...line: unknown[]) => printed.push(line);
    const example = Reflect.construct(AsyncFunction, ["createClient", "console", EXAMPLE]) as (
      ...given: readonly unknown[]
    ) => Promise<{ readonly ok: boolean; readonly cleanup: () => void }>;
    const { ok, cleanup } = await example(() => createClient(MIA), { log: print, error: print });
    expect(ok).toBe(true);
    await pay();
    await expect
      .poll(() => printed)
      .toEqual([
        ["Order updated:", "paid"],
        ["Message ID:", expect.stringMatching(UUID)],
      ]);
    cleanup();
    await expect.poll(() => printed.at(-1)).toEqual(["Disconnected:", "client disconnect"]);
  });

  it.each(["ws", "sse", "socket.io"] as const)(
    "delivers publishes of users with the seed's meta, over %s (001-38 to 001-40, 001-55)",
    async (transport) => {
      const { client, createClient, pay } = await application();
      const [mia, sam] = [createClient(MIA, transport).realtime, createClient(SAM, transport).realtime];
      const received: EventMessage<object>[] = [];
      for (const realtime of [mia, sam]) {
        await realtime.connect();
        expect(await realtime.subscribe(`chat:${ROOM}`)).toEqual({ ok: true, channel: `chat:${ROOM}` });
      }
      sam.on("new_message", (message: EventMessage<object>) => received.push(message));
      await mia.publish(`chat:${ROOM}`, "new_message", {
        text: "Hello!",
        sender: "Alice",
        meta: { senderId: "forged" },
      });
      await expect
        .poll(() => received)
        .toEqual([
          {
            text: "Hello!",
            sender: "Alice",
            meta: {
              channel: `chat:${ROOM}`,
              messageId: expect.stringMatching(UUID),
              senderType: "user",
              senderId: MIA,
              timestamp: expect.any(Date),
            },
          },
        ]);
      await expect(sam.publish(`chat:${ROOM}`, "new_message", { text: "no" })).rejects.toMatchObject({
        code: "UNAUTHORIZED",
      });
      await expect(sam.publish("orders", "new_message", {})).rejects.toMatchObject({ code: "NOT_SUBSCRIBED" });
      expect(await sam.subscribe(`order:${ORDER}`)).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
      expect(await mia.subscribe(`order:${ORDER}`)).toMatchObject({ ok: true });
      const updates: EventMessage<object>[] = [];
      mia.on("UPDATE_order", (message: EventMessage<object>) => updates.push(message));
      await pay();
      await expect
        .poll(() => updates)
        .toMatchObject([{ status: "paid", meta: { senderType: "system", senderId: undefined } }]);
      await client.query("delete from chat_members");
      await expect(mia.publish(`chat:${ROOM}`, "new_message", {})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    },
  );

  it("delivers on names with any characters, and recovers what was missed (001-56)", async () => {
    const { client, createClient } = await application(`
      insert into realtime.channels (pattern) values ('user:%');
      create policy own on realtime.channels for select to authenticated using (
        pattern = 'user:%' and (realtime.channel_params())[1] = 'mia@example.com 1.5 ü')`);
    const { realtime } = createClient(MIA);
    const handle = realtime.channel.raw<{ readonly n: number }>("user:mia@example.com 1.5 ü");
    const received: number[] = [];
    handle.on("hello", ({ n }) => received.push(n));
    await expect
      .poll(() => [handle.name, handle.status, handle.state.error])
      .toEqual([expect.any(String), "subscribed", undefined]);
    const publish = (n: number) =>
      client.query("select realtime.publish('user:mia@example.com 1.5 ü', 'hello', $1::text::jsonb)", [
        JSON.stringify({ n }),
      ]);
    await publish(1);
    await expect.poll(() => received).toEqual([1]);
    const second = createClient(MIA).realtime.channel.raw<{ readonly n: number }>("user:mia@example.com 1.5 ü", {
      rewind: 10,
    });
    const rewound: number[] = [];
    second.on("hello", ({ n }) => rewound.push(n));
    await expect.poll(() => rewound).toEqual([1]);
  });
});

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as FunctionConstructor;
