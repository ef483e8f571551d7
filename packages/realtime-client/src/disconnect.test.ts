import { expect, it, vi } from "vitest";
import { outcome, scriptedClient } from "./testing/scripted-client.js";
import { orderAt, orderListener, orderMessage } from "./testing/order-listener.js";

/** A listener that subscribes again from offset 0 and receives three messages by the recovery. */
async function recovering() {
  const stage = await orderListener();
  stage.transport.link.reply("subscribe", orderAt(0));
  await stage.reconnect();
  const recover = () => {
    const { position } = stage.order.state;
    const messages = [1, 2, 3]
      .filter((offset) => offset > (position?.offset ?? 0))
      .map((offset) => orderMessage(offset));
    stage.transport.link.reply("subscribe", { ...orderAt(3), recovered: true, messages, opening: "o" });
  };
  return { ...stage, recover };
}

it("delivers nothing more of a recovery once a listener has disconnected, and the rest after connect()", async () => {
  const { client, order, received, recover, connect } = await recovering();
  const stop = order.on("message", ({ status }) => status === "s1" && client.disconnect());
  recover();
  expect([received, client.state.status, order.status]).toEqual([["s1"], "idle", "subscribing"]);
  stop();
  await connect();
  recover();
  expect(received).toEqual(["s1", "s2", "s3", { opening: "o" }]);
});

it.each(["change", "gap"] as const)("delivers nothing after a disconnect() in %s, and loses nothing", async (kind) => {
  const { client, order, received, recover, connect, transport } = await recovering();
  let isArmed = true;
  const hangUp = () => {
    if (isArmed) client.disconnect();
    isArmed = false;
  };
  order.subscribe({ [kind]: hangUp });
  if (kind === "gap") transport.link.reply("subscribe", { ...orderAt(3), recovered: false });
  else recover();
  expect([received.filter((one) => one !== "GAP"), client.state.status, order.status]).toEqual([
    [],
    "idle",
    "subscribing",
  ]);
  received.length = 0;
  await connect();
  recover();
  expect(received).toEqual(["s1", "s2", "s3", { opening: "o" }]);
});

it("requests nothing and leaves no timer where a listener disconnects as soon as it is connected", async () => {
  const { client, clock, transport, connect } = scriptedClient();
  client.channel("news").subscribe(() => undefined);
  client.channel("back").subscribe({ change: ({ status }) => status === "subscribing" && client.disconnect() });
  client.channel("boards:{boardId}", { boardId: "1" }).subscribe(() => undefined);
  await connect();
  expect(client.state.status).toBe("idle");
  expect(transport.link.of("subscribe").map(({ channel }) => channel)).toEqual(["news", "back"]);
  await clock.advanceAsync(10);
  expect(clock.waiting).toBe(0);
});

it("connects for no listener and sends no message after disconnect(), before connect()", async () => {
  const { client, transport, clock, order, connect } = await orderListener();
  client.disconnect();
  const news = client.channel("boards:{boardId}", { boardId: "1" });
  const received = vi.fn();
  news.subscribe(received);
  const published = [order.publish({ note: "a" }), news.publish("move", { id: "b" })];
  expect(await Promise.all(published.map(outcome))).toEqual(published.map(() => ({ rejected: "TRANSPORT_LOST" })));
  await clock.advanceAsync(60_000);
  expect([client.state.status, transport.links.length]).toEqual(["idle", 1]);
  await connect();
  expect(transport.link.of("subscribe").map(({ channel }) => channel)).toEqual([order.name, news.name]);
  expect(transport.link.of("message")).toEqual([]);
});

it("does not connect by refresh() after disconnect()", async () => {
  const { client, transport, clock } = await orderListener();
  client.disconnect();
  await client.refresh();
  await clock.advanceAsync(60_000);
  expect(transport.links.length).toBe(1);
});
