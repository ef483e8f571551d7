import { createRealtimeClient } from "@repo/realtime-client";
import { socketIo } from "@repo/realtime-client/socket-io";
import { sse } from "@repo/realtime-client/sse";
import { ws } from "@repo/realtime-client/ws";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { news, startNode } from "./node-on-all-transports";

type Node = Awaited<ReturnType<typeof startNode>>;

const WAYS = {
  ws: (node: Node) => ({ url: node.url("ws"), transports: [ws({ WebSocket: WebSocket as never })] as const }),
  sse: (node: Node) => ({ url: node.url("http"), transports: [sse()] as const }),
  "socket.io": (node: Node) => ({ url: node.url("http"), transports: [socketIo()] as const }),
};

async function node() {
  const started = await startNode();
  onTestFinished(() => started.stop());
  return started;
}

/** A client that notes what it receives, and holes that stayed. */
function listen(options: Parameters<typeof createRealtimeClient>[0]) {
  const client = createRealtimeClient(options);
  onTestFinished(() => client.disconnect());
  const received: (number | "gap")[] = [];
  const handle = client.channel(news);
  handle.subscribe({ message: ({ payload }) => received.push(payload), gap: () => received.push("gap") });
  const joined = () => expect.poll(() => handle.status, { timeout: 10_000 }).toBe("subscribed");
  return { client, received, joined };
}

it("reaches clients on all three transports with one broadcast", async () => {
  const served = await node();
  const listeners = Object.values(WAYS).map((way) => listen(way(served)));
  await Promise.all(listeners.map(({ joined }) => joined()));
  for (let n = 1; n <= 20; n += 1) await served.publish(n);
  for (const { received } of listeners)
    await expect.poll(() => received, { timeout: 10_000 }).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
}, 30_000);

it("lets a client come back on another transport and recover what it missed", async () => {
  const served = await node();
  const ways = [ws({ WebSocket: WebSocket as never }), sse({ url: served.url("http") })];
  const used: string[] = [];
  const { received, joined } = listen({
    url: served.url("ws"),
    transports: [
      {
        name: "whichever",
        open(request, events) {
          const way = ways.shift() ?? sse({ url: served.url("http") });
          used.push(way.name);
          return way.open(request, events);
        },
      },
    ],
  });
  await joined();
  await served.publish(1);
  await expect.poll(() => received).toEqual([1]);
  served.cut();
  await served.publish(2);
  await served.publish(3);
  await expect.poll(() => received, { timeout: 10_000 }).toEqual([1, 2, 3]);
  expect(used.slice(0, 2)).toEqual(["ws", "sse"]);
}, 30_000);
