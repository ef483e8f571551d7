import { createServer, type Server } from "node:http";
import { Readable } from "node:stream";
import { defineRealtimeChannel, type RealtimeHandler } from "@repo/core-realtime";
import { anonymous, fixedUser } from "@repo/core-testing";
import { createRealtimeClient } from "@repo/realtime-client";
import { sse } from "@repo/realtime-client/sse";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { createNextRealtime, type NextRealtime, type NextRealtimeOptions } from "@repo/realtime-next";

const noteChannel = defineRealtimeChannel({
  name: "notes.{noteId}",
  scope: "public",
  payload: z.object({ text: z.string() }),
  inbound: z.object({ text: z.string() }),
  history: { size: 10, ttlMs: 60_000 },
});
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let names = 0;
const newName = () => `test-${++names}`; // the process remembers each

function setUp(options: Partial<NextRealtimeOptions>): NextRealtime {
  return createNextRealtime({
    authenticator: anonymous,
    setup: ({ registry }) => registry.registerChannel(noteChannel),
    ...options,
  });
}

/** Serves the route's exports as Next does: a fetch Request in, a Response out. */
async function serveRoute(route: NextRealtime): Promise<string> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { method = "GET", headers, url = "/" } = request;
      const body = method === "POST" ? (Readable.toWeb(request) as ReadableStream) : null;
      const left = new AbortController();
      response.on("close", () => left.abort());
      const init = { method, headers: headers as Record<string, string>, body, duplex: "half", signal: left.signal };
      const reply = await route[method as "GET" | "POST"](
        new Request(`http://${headers.host}${url}`, init as RequestInit),
      );
      response.writeHead(reply.status, Object.fromEntries(reply.headers));
      response.flushHeaders();
      for await (const chunk of reply.body ?? []) response.write(chunk);
      response.end();
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  closing.push(() => route.realtime.close({ drainMs: 1 }));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
  return `http://127.0.0.1:${address.port}/realtime`;
}

function connect(url: string) {
  const client = createRealtimeClient<typeof noteChannel>({ url, transports: [sse()] });
  closing.push(() => client.disconnect());
  return client.channel("notes.{noteId}", { noteId: "7" });
}

it("serves a channel from a route handler: subscribe, message, reply and broadcast", async () => {
  const onNote: RealtimeHandler<typeof noteChannel> = async ({ payload, broadcast }) => {
    await broadcast(payload);
    return { length: payload.text.length };
  };
  const route = setUp({ name: newName(), setup: ({ registry }) => registry.register(noteChannel, onNote) });
  const url = await serveRoute(route);
  const [mia, sam] = [connect(url), connect(url)];
  const seen: string[] = [];
  sam.subscribe({ message: ({ payload }) => seen.push(payload.text) });
  await expect.poll(() => sam.state.status).toBe("subscribed");
  mia.subscribe({});
  expect(await mia.publish({ text: "hello" })).toEqual({ length: 5 });
  await route.realtime.broadcaster.broadcast(noteChannel.at({ noteId: "7" }), { text: "from a server action" });
  await expect.poll(() => seen).toEqual(["hello", "from a server action"]);
});

it("replaces handlers and the authenticator when the code is compiled anew, and keeps connections and subscriptions", async () => {
  const name = newName();
  const replying = (reply: string) => (realtime: NextRealtime["realtime"]) =>
    realtime.registry.register(noteChannel, () => ({ reply }));
  const route = setUp({ name, setup: replying("old") });
  const url = await serveRoute(route);
  const mia = connect(url);
  mia.subscribe({});
  expect(await mia.publish({ text: "?" })).toEqual({ reply: "old" });
  const [connection] = route.realtime.connections();
  setUp({ name, setup: replying("new"), authenticator: fixedUser({ userId: "sam", roles: [] }) });
  expect(await mia.publish({ text: "?" })).toEqual({ reply: "new" });
  expect(mia.state.status).toBe("subscribed");
  expect(route.realtime.connections().map(({ connectionId }) => connectionId)).toEqual([connection?.connectionId]);
  connect(url).subscribe({});
  await expect.poll(() => route.realtime.connections().map(({ user }) => user?.userId)).toContain("sam");
});
