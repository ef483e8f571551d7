import { InProcessBroker } from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";
import { createRealtimeClient } from "@repo/realtime-client";
import { ws } from "@repo/realtime-client/ws";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { news, startNode } from "./node-on-all-transports";

const CLIENTS = Number(process.env.CLIENTS ?? 200); // more: CLIENTS=2000 pnpm exec vitest run
const WINDOW_MS = 4_000;
const SLICES = 8;

/** Two nodes of one cluster, behind what a load balancer does: round robin over those that let newcomers in. */
async function cluster() {
  const shared = { broker: new InProcessBroker(), history: new InMemoryHistory() };
  const nodes = [await startNode(shared), await startNode(shared)] as const;
  onTestFinished(() => Promise.all(nodes.map((node) => node.stop())).then(() => undefined));
  let turn = 0;
  const targets = { open: [...nodes] };
  const nextUrl = () => targets.open[(turn += 1) % targets.open.length]?.url("ws") ?? "";
  return { nodes, targets, nextUrl };
}

it("loses nothing in a rolling restart, and spreads the reconnects over the window", async () => {
  const { nodes, targets, nextUrl } = await cluster();
  const arrivals: number[] = [];
  const clients = Array.from({ length: CLIENTS }, () => {
    const received: (number | "gap")[] = [];
    const way = ws({ WebSocket: WebSocket as never });
    const transport = {
      name: "ws",
      open: (...[request, events]: Parameters<typeof way.open>) => way.open({ ...request, url: nextUrl() }, events),
    };
    const client = createRealtimeClient({ url: "ws://cluster", transports: [transport] });
    onTestFinished(() => client.disconnect());
    const handle = client.channel(news);
    handle.subscribe({ message: ({ payload }) => received.push(payload), gap: () => received.push("gap") });
    let before = client.state.status;
    client.watch(() => {
      if (client.state.status === "connected" && before !== "connected") arrivals.push(performance.now());
      before = client.state.status;
    });
    return { received, handle };
  });
  await expect
    .poll(() => clients.every(({ handle }) => handle.status === "subscribed"), { timeout: 60_000 })
    .toBe(true);
  const began = arrivals.length;

  let published = 0;
  const publishing = setInterval(() => void nodes[1].publish((published += 1)), CLIENTS / 4); // both ends live in this process: 4 000 deliveries a second are enough for it
  const from = performance.now();
  targets.open = [nodes[1]];
  await nodes[0].stop(WINDOW_MS);
  await expect
    .poll(() => performance.now() - from > WINDOW_MS && clients.every(({ handle }) => handle.status === "subscribed"), {
      timeout: 60_000,
    })
    .toBe(true);
  clearInterval(publishing);

  const expected = Array.from({ length: published }, (_, index) => index + 1);
  await expect
    .poll(() => clients.every(({ received }) => received.length >= published), { timeout: 30_000 })
    .toBe(true);
  expect(clients.filter(({ received }) => received.join() !== expected.join())).toEqual([]);
  const back = arrivals.slice(began).map((at) => at - from);
  const slices = Array.from(
    { length: SLICES },
    (_, n) => back.filter((at) => Math.min(SLICES - 1, Math.floor((at / WINDOW_MS) * SLICES)) === n).length,
  );
  console.log(
    `${CLIENTS} clients, ${back.length} came back within ${Math.round(Math.max(...back))} ms; per ${WINDOW_MS / SLICES} ms: ${slices.join(" ")}; ${published} messages each, 0 lost, 0 doubled`,
  );
  expect(back.length).toBeGreaterThanOrEqual(CLIENTS / 2 - 1);
  expect(Math.max(...slices)).toBeLessThan(back.length / 2); // no stampede: full jitter puts an eighth into each
}, 180_000);
