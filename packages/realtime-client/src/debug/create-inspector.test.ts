import { defineRealtimeChannel } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- a client is tested against real gates, and these live one floor beside
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { createRealtimeClient } from "../index.js";
import { memory } from "../memory-transport.js";
import { createInspector, type InspectorOptions } from "./create-inspector.js";

const board = defineRealtimeChannel({
  name: "boards.{boardId}",
  scope: "public",
  payload: z.string(),
  inbound: z.string(),
  history: { size: 10, ttlMs: 60_000 },
});
const staff = defineRealtimeChannel({ name: "staff", scope: { role: "staff" }, payload: z.string() });

async function inspectedClient(options: InspectorOptions = {}) {
  const realtime = createRealtime({
    authenticator: { authenticate: () => null },
    observers: [{ observe: () => undefined }],
  });
  realtime.registry.register(board, ({ payload, broadcast }) => broadcast(payload));
  realtime.registry.registerChannel(staff);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const inspector = createInspector(options);
  const auth = () => "s3cret";
  const client = createRealtimeClient({
    url: "/realtime",
    transports: [memory(server)],
    auth,
    debug: inspector,
    random: () => 0,
  });
  onTestFinished(async () => {
    client.disconnect();
    await realtime.close({ drainMs: 1 });
  });
  return { inspector, client, realtime };
}

it("shows the connection, its channels with their positions, the frames and what the gates have decided", async () => {
  const { inspector, client, realtime } = await inspectedClient();
  const handle = client.channel(board, { boardId: "7" });
  handle.subscribe(() => undefined);
  client.channel(staff).subscribe(() => undefined);
  await handle.publish("hello");
  await expect.poll(() => inspector.channels.find(({ name }) => name === "staff")?.status).toBe("refused");
  expect(inspector.state).toMatchObject({ status: "connected" });
  expect(inspector.transport).toBe("memory");
  expect(inspector.channels).toMatchObject([
    { name: "boards.7", status: "subscribed", listeners: 1, position: { offset: 1 } },
    { name: "staff", error: { code: "UNAUTHORIZED" } },
  ]);
  expect(inspector.outcomes).toMatchObject([
    { gate: "connect" },
    { gate: "subscribe", channel: "boards.7" },
    { gate: "subscribe", channel: "staff", refusal: "UNAUTHORIZED" },
    { gate: "message", channel: "boards.7", ms: expect.any(Number) },
  ]);
  const sent = inspector.frames.filter(({ direction }) => direction === "out").map(({ frame: { type } }) => type);
  expect(sent).toEqual(expect.arrayContaining(["subscribe", "message", "ping"]));
  await realtime.broadcaster.broadcast(board.at({ boardId: "7" }), "written out");
  await expect.poll(() => inspector.frames.at(-1)?.frame).toMatchObject({ type: "message", channel: "boards.7", payload: "written out" }); // prettier-ignore
});

it("cuts the link until it is let through again, and shows what waits", async () => {
  const { inspector, client } = await inspectedClient();
  const handle = client.channel(board, { boardId: "7" });
  handle.subscribe(() => undefined);
  await expect.poll(() => handle.status).toBe("subscribed");
  inspector.cut(true);
  expect(client.state.status).toBe("waiting");
  const attempts = () => (client.state.status === "waiting" ? client.state.attempt : 0);
  await expect.poll(attempts).toBeGreaterThan(2); // it tries, and no link opens
  const reply = handle.publish("offline");
  expect(inspector.queue).toEqual([{ id: expect.any(String), channel: "boards.7", event: undefined, isSent: false }]);
  inspector.cut(false);
  await reply;
  expect(client.state.status).toBe("connected");
  expect(inspector.queue).toEqual([]);
});

it("delays each frame, in order", async () => {
  const delays: (() => void)[] = [];
  const clock = { now: () => 0, after: (_ms: number, run: () => void) => (delays.push(run), () => undefined) };
  const { inspector, client } = await inspectedClient({ clock });
  const handle = client.channel(board, { boardId: "7" });
  handle.subscribe(() => undefined);
  await expect.poll(() => handle.status).toBe("subscribed");
  inspector.slow(1_000);
  const replies = [handle.publish("a"), handle.publish("b")];
  expect(delays).toHaveLength(2);
  inspector.slow(0);
  void handle.publish("c"); // waits behind the others
  expect(delays).toHaveLength(3);
  for (const run of delays) run();
  await Promise.all(replies);
  const published = inspector.frames.flatMap(({ direction, frame }) => direction === "out" && frame.type === "message" ? [frame.payload] : []); // prettier-ignore
  expect(published).toEqual(["a", "b", "c"]);
});

it("keeps the last 200 frames", async () => {
  const { inspector, client } = await inspectedClient();
  client.connect();
  await expect.poll(() => client.state.status).toBe("connected");
  for (let n = 0; n < 60; n += 1) {
    const undo = client.channel(board, { boardId: `${n}` }).subscribe(() => undefined);
    undo();
    await Promise.resolve();
  }
  await expect.poll(() => inspector.frames.length).toBeGreaterThan(100);
  for (let n = 0; n < 200; n += 1) client.channel(staff).subscribe(() => undefined)();
  expect(inspector.frames.length).toBeLessThanOrEqual(200);
});

it("logs each frame and state, and no token", async () => {
  const log = vi.fn();
  const { client } = await inspectedClient({ log });
  client.connect();
  await expect.poll(() => client.state.status).toBe("connected");
  await client.refresh();
  const lines = log.mock.calls.map(([sentence]) => sentence);
  expect(lines).toEqual(expect.arrayContaining(["realtime: connecting", "realtime: connected", "realtime ← connected", "realtime → refresh"])); // prettier-ignore
  expect(JSON.stringify(log.mock.calls)).not.toContain("s3cret");
});
