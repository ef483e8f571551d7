import { expect, it, vi } from "vitest";
import { outcome } from "./testing/scripted-client.js";
import { orderAt, orderListener } from "./testing/order-listener.js";
import { wireError } from "./testing/scripted-transport.js";

const BANNED = wireError("CONNECT_REFUSED", { message: "The server refused this connection." });

it("rejects everything pending with the reason when the client is stopped, and shows it", async () => {
  const { client, transport, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  const board = client.channel("boards:{boardId}", { boardId: "1" });
  board.subscribe(() => undefined);
  const published = [order.publish({ note: "under way" }), board.publish("move", { id: "begun" })];
  transport.link.break(4506, BANNED);
  expect(client.state).toEqual({ status: "stopped", error: BANNED });
  for (const { state } of [order, board])
    expect(state).toMatchObject({ status: "refused", error: { code: "CONNECT_REFUSED", message: BANNED.message } });
  for (const promise of published) expect(await outcome(promise)).toEqual({ rejected: "CONNECT_REFUSED" });
  expect(await outcome(order.publish({ note: "later" }))).toEqual({ rejected: "CONNECT_REFUSED" });
});

it("gives a bare close code a reason too", async () => {
  const { transport, order } = await orderListener();
  transport.link.break(4599);
  expect(order.state.error?.code).toBe("CONNECT_REFUSED");
});

it("reports to a channel's first listener that the client is stopped", async () => {
  const { client, transport } = await orderListener();
  transport.link.break(4506, BANNED);
  const change = vi.fn();
  const news = client.channel("news");
  news.subscribe({ change });
  await Promise.resolve();
  expect(news.state).toMatchObject({ status: "refused", error: { code: "CONNECT_REFUSED" } });
  expect(change).toHaveBeenCalledOnce();
});

it("subscribes everything again after connect()", async () => {
  const { client, transport, order, connect } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  transport.link.break(4506, BANNED);
  await connect();
  expect(order.state).toMatchObject({ status: "subscribing", error: undefined });
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 3 } }]);
  transport.link.reply("subscribe", { ...orderAt(3), recovered: true });
  expect([client.state.status, order.status]).toEqual(["connected", "subscribed"]);
});

it("comes back after ABUSE when the server's time has passed, keeps what waits, and is not brought back sooner", async () => {
  const { client, transport, order, clock } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  const published = order.publish({ note: "under way" });
  const abuse = wireError("ABUSE", { retry: "later", retryAfterMs: 20_000 });
  transport.link.break(4530, abuse);
  expect(client.state).toMatchObject({ status: "waiting", error: { code: "ABUSE", retryAfterMs: 20_000 } });
  await clock.advanceAsync(19_999);
  expect(transport.links.length).toBe(1);
  await clock.advanceAsync(2_000);
  transport.link.welcome();
  transport.link.reply("subscribe", { ...orderAt(0), recovered: true });
  transport.link.reply("message", { noted: 1 });
  expect(await outcome(published)).toEqual({ resolved: { noted: 1 } });
});

it("keeps what waits while a new token is requested after the session has expired", async () => {
  let token = "old";
  const { client, transport, order, clock } = await orderListener({}, { auth: () => token });
  transport.link.reply("subscribe", orderAt(0));
  const published = order.publish({ note: "under way" });
  token = "new";
  transport.link.break(4520, wireError("SESSION_EXPIRED", { retry: "refresh" }));
  await clock.advanceAsync(0);
  transport.link.welcome();
  expect([client.state.status, await outcome(published)]).toEqual(["connected", "pending"]);
  expect(transport.link.of("message").length).toBe(1);
});
