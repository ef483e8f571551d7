import { expect, it } from "vitest";
import { scriptedClient } from "./testing/scripted-client.js";
import { ORDER, orderAt } from "./testing/order-listener.js";
import { ScriptedTransport } from "./testing/scripted-transport.js";

class CarryingTransport extends ScriptedTransport {
  readonly carriesFirst = true;
}

function stageOf(options: Parameters<typeof scriptedClient>[0] = {}) {
  const transport = new CarryingTransport();
  const stage = scriptedClient({ transports: [transport], ...options });
  const begin = async () => {
    stage.client.connect();
    await stage.clock.advanceAsync(0);
  };
  const first = () =>
    JSON.parse(transport.link.request.first ?? "[]") as { channel: string; id: string; since?: object }[];
  const order = (orderId = "7") => stage.client.channel("orders.{orderId}.status", { orderId });
  return { ...stage, transport, begin, first, order };
}

it("sends the known subscribes with the request, takes the replies, and sends them no second time", async () => {
  const { transport, begin, first, order } = stageOf();
  order().subscribe(() => undefined);
  await begin();
  const [frame] = first();
  expect(frame).toMatchObject({ type: "subscribe", channel: ORDER });
  transport.link.welcome();
  expect(transport.link.of("subscribe")).toEqual([]);
  transport.link.emit({ type: "reply", id: frame?.id, ok: true, result: orderAt(3) });
  expect(order().state).toMatchObject({ status: "subscribed", position: { offset: 3 } });
});

it("sends the position with the request of a reconnect", async () => {
  const { transport, clock, begin, first, order } = stageOf();
  order().subscribe(() => undefined);
  await begin();
  transport.link.welcome();
  transport.link.emit({ type: "reply", id: first()[0]?.id, ok: true, result: orderAt(3) });
  transport.link.break(1006);
  await clock.advanceAsync(500);
  expect(first()).toMatchObject([{ channel: ORDER, since: { epoch: "e", offset: 3 } }]);
});

it("sends at most 16, and no more than 4 096 bytes with the token", async () => {
  const many = stageOf();
  for (let n = 0; n < 40; n += 1) many.order(`${n}`).subscribe(() => undefined);
  await many.begin();
  expect(many.first().length).toBe(16);
  many.transport.link.welcome();
  expect(many.transport.link.of("subscribe").length).toBe(24);

  const long = stageOf({ auth: () => "t".repeat(1_000) });
  for (let n = 0; n < 16; n += 1) long.order("é".repeat(30) + n).subscribe(() => undefined);
  await long.begin();
  const bytes = Buffer.byteLength(long.transport.link.request.first ?? "");
  expect(bytes).toBeGreaterThan(2_500);
  expect(bytes + 1_000).toBeLessThanOrEqual(4_096);
});

it("unsubscribes what was left before the connection was made, and subscribes to what came meanwhile", async () => {
  const { transport, clock, begin, order } = stageOf();
  const leave = order().subscribe(() => undefined);
  await begin();
  leave();
  clock.advance(1);
  order("8").subscribe(() => undefined);
  transport.link.welcome();
  expect(transport.link.sent).toMatchObject([
    { type: "subscribe", channel: "orders.8.status" },
    { type: "unsubscribe", channel: ORDER },
    { type: "ping" },
  ]);
});

it("subscribes again where the options have changed meanwhile", async () => {
  const { client, transport, clock, begin } = stageOf();
  const lists = (page: number) => client.channel("lists.{listId}", { listId: "7" }, { ask: { page } });
  lists(1).subscribe(() => undefined)();
  await begin();
  lists(2).subscribe(() => undefined);
  clock.advance(1);
  transport.link.welcome();
  expect(transport.link.of("subscribe")).toMatchObject([{ ask: { page: 2 } }]);
  expect(transport.link.of("unsubscribe")).toEqual([]);
});

it("sends no message before the subscribe was taken", async () => {
  const { transport, begin, order } = stageOf();
  order().subscribe(() => undefined);
  await begin();
  void order().publish({ note: "early" });
  expect(transport.link.sent).toEqual([]);
  transport.link.welcome();
  expect(transport.link.of("message")).toMatchObject([{ payload: { note: "early" } }]);
});

it("sends nothing with the request after one that did not reach the server: long headers may be the reason", async () => {
  const { transport, clock, begin, first, order } = stageOf();
  order().subscribe(() => undefined);
  await begin();
  transport.link.break(1006);
  await clock.advanceAsync(500);
  expect(first()).toEqual([]);
  transport.link.welcome();
  expect(transport.link.of("subscribe").length).toBe(1);
  transport.link.break(1006);
  await clock.advanceAsync(1_000);
  expect(first().length).toBe(1);
});
