import { expect, it } from "vitest";
import { ORDER, orderAt, orderListener, orderMessage } from "./testing/order-listener.js";
import { wireError } from "./testing/scripted-transport.js";

it("subscribes again later where the refusal has retry: later", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.refuse("subscribe", wireError("RATE_LIMITED", { retry: "later", retryAfterMs: 1_000 }));
  expect(order.state).toMatchObject({ status: "refused", error: { code: "RATE_LIMITED", retryAfterMs: 1_000 } });
  clock.advance(1_000);
  expect(transport.link.of("subscribe").length).toBe(1);
  clock.advance(250);
  expect(transport.link.of("subscribe").length).toBe(2);
  transport.link.reply("subscribe", orderAt(0));
  expect(order.state).toMatchObject({ status: "subscribed", error: undefined });
});

it("does not subscribe again where the refusal has retry: never, until there is a new connection", async () => {
  const { transport, clock, order, reconnect } = await orderListener();
  transport.link.refuse("subscribe", wireError("UNAUTHORIZED"));
  clock.advance(20_000);
  expect(transport.link.of("subscribe").length).toBe(1);
  await reconnect();
  expect(transport.link.of("subscribe").length).toBe(1);
  expect(order.status).toBe("subscribing");
});

it("receives nothing more of a channel after it was removed", async () => {
  const { transport, clock, received, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("REVOKED", { retry: "later" }) });
  transport.link.emit(orderMessage(1));
  clock.advance(20_000);
  expect(received).toEqual([]);
  expect(order.state).toMatchObject({ status: "refused", error: { code: "REVOKED" } });
  expect(transport.link.of("subscribe").length).toBe(1); // withdrawn is withdrawn: a retry of ours would undo it
});

it("subscribes again later from its position where the server ended it with retry: later", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  const error = wireError("HANDLER_TIMEOUT", { retry: "later", retryAfterMs: 1_000 });
  transport.link.emit({ type: "left", channel: ORDER, error });
  expect(order.state).toMatchObject({ status: "subscribing", isStale: true, error: { code: "HANDLER_TIMEOUT" } });
  clock.advance(1_000);
  expect(transport.link.of("subscribe").length).toBe(1);
  clock.advance(250);
  expect(transport.link.of("subscribe").slice(1)).toMatchObject([{ since: { epoch: "e", offset: 3 } }]);
});

it("does not subscribe again later where it is taken away meanwhile", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(2)); // a hole, to be repaired
  transport.link.refuse("subscribe", wireError("RATE_LIMITED", { retry: "later" })); // the server keeps the old subscription
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("REVOKED", { retry: "later" }) });
  clock.advance(60_000);
  expect(transport.link.of("subscribe").length).toBe(2);
  expect(order.state.error?.code).toBe("REVOKED");
});

it("loses nothing and receives nothing twice where the repair of a hole is refused for a while", async () => {
  const { transport, clock, received } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(2));
  transport.link.refuse("subscribe", wireError("RATE_LIMITED", { retry: "later", retryAfterMs: 1_000 }));
  transport.link.emit(orderMessage(3)); // by the old subscription, which continues
  clock.advance(1_250);
  expect(transport.link.of("subscribe").at(-1)).toMatchObject({ since: { epoch: "e", offset: 0 } });
  transport.link.emit(orderMessage(4));
  const messages = [1, 2, 3, 4].map((offset) => orderMessage(offset));
  transport.link.reply("subscribe", { ...orderAt(4), recovered: true, messages });
  transport.link.emit(orderMessage(5));
  expect(received).toEqual(["s1", "s2", "s3", "s4", "s5"]);
});

it("comes back within the window of a server that drains", async () => {
  const { client, transport, clock } = await orderListener();
  transport.link.emit({ type: "draining", windowMs: 8_000 });
  transport.link.break(4100, wireError("DRAINING", { retry: "later" }));
  await clock.advanceAsync(3_999);
  expect(client.state.status).toBe("waiting");
  await clock.advanceAsync(1);
  expect(client.state.status).toBe("connecting");
});

it("reports a refusal that belongs to no request", async () => {
  const { transport, onError } = await orderListener();
  transport.link.emit({ type: "error", error: wireError("OVERLOADED") });
  expect(onError.mock.calls).toMatchObject([[{ code: "OVERLOADED" }]]);
});

it("connects anew at refresh() after it was refused with 45xx", async () => {
  const { client, transport, clock } = await orderListener();
  transport.link.break(4521, wireError("EXPELLED", { retry: "refresh" }));
  expect(client.state).toMatchObject({ status: "stopped", error: { code: "EXPELLED" } });
  await client.refresh();
  await clock.advanceAsync(0);
  expect(transport.links.length).toBe(2);
});

it("subscribes anew where a listener leaves a refused channel and comes back at once", async () => {
  const { client, transport } = await orderListener();
  const order = client.channel("orders.{orderId}.status", { orderId: "8" });
  const leave = order.subscribe(() => undefined);
  const asks = () => transport.link.of("subscribe").filter(({ channel }) => channel === order.name);
  transport.link.emit({ type: "reply", id: asks()[0]?.id, ok: false, error: wireError("UNAUTHORIZED") });
  expect(order.status).toBe("refused");
  leave();
  order.subscribe(() => undefined);
  expect([order.status, asks().length]).toEqual(["subscribing", 2]);
});

it("subscribes to a refused channel again where another listener is added", async () => {
  const { transport, order } = await orderListener();
  transport.link.refuse("subscribe", wireError("UNAUTHORIZED"));
  order.subscribe(() => undefined);
  expect([order.status, transport.link.of("subscribe").length]).toEqual(["refused", 2]);
  order.subscribe(() => undefined);
  expect(transport.link.of("subscribe").length).toBe(2); // one request is enough for all
  transport.link.reply("subscribe", orderAt(0));
  expect(order.state).toMatchObject({ status: "subscribed", error: undefined });
});

it("does not subscribe before the server's own time where another listener is added", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.refuse("subscribe", wireError("RATE_LIMITED", { retry: "later", retryAfterMs: 1_000 }));
  order.subscribe(() => undefined);
  expect(transport.link.of("subscribe").length).toBe(1);
  clock.advance(1_250);
  expect(transport.link.of("subscribe").length).toBe(2);
});

it("subscribes again to what was refused after a sign-in by refresh(), and whenever the identity changes", async () => {
  const { client, transport, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  const signIn = async (userId: string) => {
    await client.refresh();
    transport.link.reply("refresh", { userId });
  };
  await signIn("bob");
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("UNAUTHORIZED") });
  expect(order.status).toBe("refused");
  await signIn("mia");
  expect(transport.link.of("subscribe").at(-1)).toMatchObject({ channel: ORDER, since: { epoch: "e", offset: 3 } });
  transport.link.refuse("subscribe", wireError("UNAUTHORIZED"));
  await signIn("mia"); // with another role, perhaps
  expect(transport.link.of("subscribe").length).toBe(3);
});

it("does not subscribe again for what was withdrawn when the session is merely renewed", async () => {
  const { transport, clock } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("REVOKED", { retry: "later" }) });
  transport.link.emit({ type: "expiring", expiresAt: 1 });
  await clock.advanceAsync(0);
  transport.link.reply("refresh", { userId: "mia" });
  expect(transport.link.of("subscribe").length).toBe(1);
});

it("reports a refresh that was refused", async () => {
  const { client, transport, onError } = await orderListener();
  await client.refresh();
  transport.link.refuse("refresh", wireError("UNAUTHENTICATED", { retry: "refresh" }));
  expect(onError.mock.calls).toMatchObject([[{ code: "UNAUTHENTICATED" }]]);
});
