import {
  defineRealtimeChannel,
  RealtimeError,
  type ClaimOutcome,
  type IReplyStore,
  type RealtimeHandler,
} from "@repo/core-realtime";
import { InMemoryReplyStore } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { createRealtimeHarness } from "../../harness/realtime-harness";

const orders = defineRealtimeChannel({
  name: "orders",
  scope: "public",
  payload: z.number(),
  inbound: z.string(),
});
const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } };

/** Two nodes, on which a client's first message after its subscribe has the same id. */
async function twoNodes(handler: RealtimeHandler<typeof orders>, store: IReplyStore = new InMemoryReplyStore()) {
  const node = () =>
    createRealtimeHarness({
      handlers: ({ registry }) => void registry.register(orders, handler),
      users,
      replies: store,
    });
  const nodes = [await node(), await node()] as const;
  const subscribed = async (index: 0 | 1, who: keyof typeof users | null = "mia") => {
    const client = await nodes[index].client(who);
    await client.subscribe(orders);
    return client;
  };
  return { nodes, subscribed };
}

function counting() {
  let runs = 0;
  return () => (runs += 1);
}

it("runs a message once, on whichever node it arrives again", async () => {
  const { subscribed } = await twoNodes(counting());
  expect(await (await subscribed(0)).send(orders, "a")).toBe(1);
  expect(await (await subscribed(1)).send(orders, "a")).toBe(1);
  expect(await (await subscribed(0)).send(orders, "a")).toBe(1);
  expect(await (await subscribed(1, "sam")).send(orders, "a")).toBe(2);
});

it("waits for the node that runs it", async () => {
  let release: (reply: number) => void = () => undefined;
  let runs = 0;
  const { nodes, subscribed } = await twoNodes(() => {
    runs += 1;
    return new Promise<number>((resolve) => (release = resolve));
  });
  const first = (await subscribed(0)).send(orders, "a");
  const again = (await subscribed(1)).send(orders, "a");
  await nodes[1].clock.advanceAsync(1_000);
  release(7);
  await nodes[1].clock.advanceAsync(1_000);
  expect(await Promise.all([first, again])).toEqual([7, 7]);
  expect(runs).toBe(1);
});

it("refuses with retry: later where the other node takes longer than a handler may, and runs it when that node's claim has expired", async () => {
  let now = 0;
  const run = counting();
  const store = new InMemoryReplyStore({ monotonic: () => now });
  await store.claim(
    { userId: "mia", channel: "orders", messageId: "q2" },
    { id: "of a node that was killed", ms: 15_000 },
  );
  const { nodes, subscribed } = await twoNodes(run, store);
  const refused = expect((await subscribed(1)).send(orders, "a")).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  await nodes[1].clock.advanceAsync(10_000);
  await refused;
  now = 15_001;
  expect(await (await subscribed(1)).send(orders, "a")).toBe(1);
});

it("remembers a refusal with retry: never, and no other", async () => {
  for (const [code, expected] of [
    ["REFUSED", 1],
    ["RATE_LIMITED", 2],
  ] as const) {
    let runs = 0;
    const { subscribed } = await twoNodes(() => {
      runs += 1;
      throw new RealtimeError(code, { detail: "why", reason: "closed", data: { at: 7 } });
    });
    for (const index of [0, 1] as const)
      await expect((await subscribed(index)).send(orders, "a")).rejects.toMatchObject({
        code,
        detail: "why",
        reason: "closed",
        data: { at: 7 },
      });
    expect(runs).toBe(expected);
  }
});

it("does not share the replies of anonymous visitors, who cannot be distinguished on another node", async () => {
  const { subscribed } = await twoNodes(counting());
  for (const run of [1, 2]) expect(await (await subscribed(run === 1 ? 0 : 1, null)).send(orders, "a")).toBe(run);
});

it("refuses with retry: later, and runs nothing, where the store fails", async () => {
  const run = counting();
  const away = () => Promise.reject(new Error("away"));
  const { nodes, subscribed } = await twoNodes(run, {
    claim: away,
    settle: away,
    release: away,
    close: () => undefined,
  });
  await expect((await subscribed(0)).send(orders, "a")).rejects.toMatchObject({ code: "HANDLER_FAILED" });
  expect(run()).toBe(1);
  expect(nodes[0].observer.of("failed")).toMatchObject([{ where: "replies", channel: "orders" }]);
});

it("gives the reply to its client although the store could not keep it", async () => {
  const memory = new InMemoryReplyStore();
  const { nodes, subscribed } = await twoNodes(counting(), {
    claim: (key, claim) => memory.claim(key, claim),
    settle: () => Promise.reject(new Error("away")),
    release: () => undefined,
    close: () => undefined,
  });
  expect(await (await subscribed(0)).send(orders, "a")).toBe(1);
  expect(nodes[0].observer.of("failed")).toHaveLength(1);
});

it("does not run a message whose sender has lost its right while it was claimed", async () => {
  let claimed: (claim: ClaimOutcome) => void = () => undefined;
  const run = counting();
  const released: string[] = [];
  const { nodes, subscribed } = await twoNodes(run, {
    claim: () => new Promise((resolve) => (claimed = resolve)),
    settle: () => undefined,
    release: ({ messageId }) => void released.push(messageId),
    close: () => undefined,
  });
  const client = await subscribed(0);
  const refused = expect(client.send(orders, "a")).rejects.toMatchObject({ code: "REVOKED" });
  await client.roundTrip();
  await nodes[0].realtime.revoke({ userId: "mia", channel: orders });
  claimed({ kind: "new" });
  await refused;
  expect(run()).toBe(1);
  await expect.poll(() => released).toEqual(["q2"]);
});
