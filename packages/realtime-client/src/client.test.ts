import { expect, it, vi } from "vitest";
import { ORDER, orderAt, orderListener, orderMessage } from "./testing/order-listener.js";
import { scriptedClient } from "./testing/scripted-client.js";
import { list, orderStatus } from "./testing/test-channels.js";

it("opens nothing before the first listener", async () => {
  const { client, transport, clock } = scriptedClient();
  client.channel("news");
  await clock.advanceAsync(60_000);
  expect(transport.links).toEqual([]);
  expect(client.channel("news").status).toBe("idle");
});

it("shares one subscription among all listeners, and leaves with the last", async () => {
  const { client, transport, clock, connect } = scriptedClient();
  const undos = [1, 2, 3].map(() => client.channel("news").subscribe(() => undefined));
  await connect();
  expect(transport.link.of("subscribe").length).toBe(1);
  undos.slice(1).forEach((undo) => undo());
  undos[1]?.(); // twice is once
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toEqual([]);
  undos[0]?.();
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe").length).toBe(1);
});

it("stays subscribed where a listener is added again in the same turn", async () => {
  const { client, transport, clock, connect } = scriptedClient();
  const undo = client.channel("news").subscribe(() => undefined);
  await connect();
  undo();
  client.channel("news").subscribe(() => undefined);
  await clock.advanceAsync(10);
  expect(transport.link.sent.map(({ type }) => type)).toEqual(["subscribe", "ping"]);
});

it("checks payloads on arrival where it is given the channel itself", async () => {
  const { client, transport, onError, connect } = scriptedClient();
  const received = vi.fn();
  const order = client.channel(orderStatus, { orderId: "7" });
  order.subscribe(({ payload }) => received(payload));
  await connect();
  transport.link.reply("subscribe", { channel: ORDER, position: { epoch: "e", offset: 0 } });
  transport.link.emit(orderMessage(1, { payload: { status: 7 } }));
  transport.link.emit(orderMessage(2, { event: "unknown" }));
  transport.link.emit(orderMessage(3, { payload: { status: "paid", more: true } }));
  expect(onError.mock.calls).toMatchObject([[{ code: "PAYLOAD_INVALID" }]]);
  expect(received.mock.calls).toEqual([[{ status: "s2" }], [{ status: "paid" }]]);
  expect(transport.link.of("subscribe").length).toBe(1); // what does not fit is no hole
});

it("checks the opening where it is given the channel itself, and shows none that does not fit", async () => {
  const { client, transport, onError, connect } = scriptedClient();
  const received = vi.fn();
  const page = client.channel(list, { listId: "7" }, { ask: { page: 1 } });
  page.subscribe({ opening: received });
  await connect();
  const result = { channel: "lists.7", position: { epoch: "e", offset: 0 } };
  transport.link.reply("subscribe", { ...result, opening: { rows: [7] } });
  expect(onError.mock.calls).toMatchObject([[{ code: "PAYLOAD_INVALID" }]]);
  expect([page.state.status, page.state.opening, received.mock.calls]).toEqual(["subscribed", undefined, []]);
  const fitting = client.channel(list, { listId: "8" }, { ask: { page: 1 } });
  fitting.subscribe({ opening: received });
  transport.link.reply("subscribe", { ...result, channel: "lists.8", opening: { rows: ["a"], more: true } });
  expect([fitting.state.opening, received.mock.calls]).toEqual([{ rows: ["a"] }, [[{ rows: ["a"] }]]]);
  expect(onError).toHaveBeenCalledTimes(1);
});

it("lets no listener's mistake reach the others", async () => {
  const { transport, onError, received, order } = await orderListener();
  order.subscribe(() => {
    throw new Error("mine");
  });
  order.on("message", ({ status }) => received.push(`on ${status}`));
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(1));
  expect(received).toEqual(["s1", "on s1"]);
  expect(onError.mock.calls).toEqual([[new Error("mine")]]);
});

it("ends all that was begun through a handle, and only that", async () => {
  const { client, transport, received, order } = await orderListener();
  const other = vi.fn();
  client.channel("orders.{orderId}.status", { orderId: "7" }).subscribe(other);
  transport.link.reply("subscribe", orderAt(0));
  order.unsubscribe();
  transport.link.emit(orderMessage(1));
  expect(received).toEqual([]);
  expect(other).toHaveBeenCalledOnce();
});

it("gives a new state whenever something changed, and the same while nothing did", async () => {
  const { client, transport, order } = await orderListener();
  const states: unknown[] = [order.state];
  order.subscribe({ change: (state) => states.push(state) });
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(1));
  expect(new Set(states).size).toBe(states.length);
  expect(order.state).toBe(order.state);
  expect(order.state).toBe(states.at(-1));
  expect(client.state).toBe(client.state);
});

it("notifies watchers of every change of the connection", async () => {
  const { client, transport, connect } = scriptedClient();
  const seen: string[] = [];
  const undo = client.watch(() => seen.push(client.state.status));
  await connect();
  transport.link.break(1006);
  client.disconnect();
  undo();
  client.connect();
  expect(seen).toEqual(["connecting", "connected", "waiting", "idle"]);
});

it("keeps listeners through a disconnect, and connects again at connect()", async () => {
  const { client, transport, clock, received, connect } = await orderListener();
  transport.link.reply("subscribe", orderAt(1));
  client.disconnect();
  await clock.advanceAsync(60_000);
  expect(transport.links.length).toBe(1);
  await connect();
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 1 } }]);
  transport.link.reply("subscribe", { ...orderAt(2), recovered: true, messages: [orderMessage(2)] });
  expect(received).toEqual(["s2"]);
});

it("passes over frames of a later protocol", async () => {
  const { transport, received, onError } = await orderListener();
  transport.link.emit({ type: "weather", mood: "fine" } as never);
  expect(received).toEqual([]);
  expect(onError).not.toHaveBeenCalled();
});
