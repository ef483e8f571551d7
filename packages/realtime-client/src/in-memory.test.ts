import { expect, it, vi } from "vitest";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";
import { board, orderStatus } from "./testing/test-channels.js";

it("connects with the first subscription and receives the server's messages, in order", async () => {
  const node = await nodeUnderTest();
  const client = clientOf(node);
  const received: string[] = [];
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe(({ payload }) => received.push(payload.status));
  await expect.poll(() => order.status).toBe("subscribed");
  for (const status of ["placed", "paid", "shipped"]) await emit(node, status);
  await expect.poll(() => received).toEqual(["placed", "paid", "shipped"]);
  expect(order.latest?.payload).toEqual({ status: "shipped" });
  client.disconnect();
});

it("gets the handler's reply to a message", async () => {
  const node = await nodeUnderTest();
  const client = clientOf(node);
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe(() => undefined);
  await expect(order.publish({ note: "thanks" })).resolves.toEqual({ noted: 1 });
  expect(node.notes).toEqual(["thanks"]);
  client.disconnect();
});

it("listens to one event and publishes another", async () => {
  const node = await nodeUnderTest();
  const client = clientOf(node);
  const onGone = vi.fn();
  const handle = client.channel("boards:{boardId}", { boardId: "b.1" });
  handle.on("gone", onGone);
  await expect(handle.publish("drop", { id: 3 })).resolves.toEqual({ event: "drop", payload: { id: 3 } });
  await node.realtime.broadcaster.broadcast(board.at({ boardId: "b.1" }), "moved", { id: "a" });
  await node.realtime.broadcaster.broadcast(board.at({ boardId: "b.1" }), "gone", { id: "a", why: "done" });
  await expect.poll(() => onGone.mock.calls.map(([payload]) => payload)).toEqual([{ id: "a", why: "done" }]);
  client.disconnect();
});

it("reports which right is missing", async () => {
  const client = clientOf(await nodeUnderTest());
  const handle = client.channel("back");
  handle.subscribe(() => undefined);
  await expect.poll(() => handle.status).toBe("refused");
  expect(handle.state.error).toMatchObject({ code: "UNAUTHORIZED", retry: "never" });
  client.disconnect();
});

it("recovers what was published while the link was broken", async () => {
  const node = await nodeUnderTest();
  const client = clientOf(node, { random: () => 0 });
  const received: string[] = [];
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe({ message: ({ payload }) => received.push(payload.status), gap: () => received.push("GAP") });
  await expect.poll(() => order.status).toBe("subscribed");
  await emit(node, "placed");
  await expect.poll(() => received).toEqual(["placed"]);
  node.server.close(); // every link breaks, the node keeps running
  await emit(node, "paid");
  await emit(node, "shipped");
  await expect.poll(() => received).toEqual(["placed", "paid", "shipped"]);
  client.disconnect();
});

function emit({ realtime }: Awaited<ReturnType<typeof nodeUnderTest>>, status: string) {
  return realtime.broadcaster.broadcast(orderStatus.at({ orderId: "7" }), { status });
}
