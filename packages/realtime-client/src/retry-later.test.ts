import { expect, it } from "vitest";
import { outcome } from "./testing/scripted-client.js";
import { ORDER, orderAt, orderListener, orderMessage } from "./testing/order-listener.js";
import { wireError } from "./testing/scripted-transport.js";

it.each(["GAP", "CHANNEL_DISABLED", "ISOLATED"] as const)(
  "subscribes again with jitter after %s, is stale meanwhile, and loses nothing",
  async (code) => {
    const { transport, clock, order, received } = await orderListener();
    transport.link.reply("subscribe", orderAt(3));
    transport.link.emit({ type: "left", channel: ORDER, error: wireError(code, { retry: "later" }) });
    expect(order.state).toMatchObject({ status: "subscribing", isStale: true, error: { code } });
    const note = order.publish({ note: "waits" });
    expect(await outcome(note)).toBe("pending");
    clock.advance(249); // half of 500 ms
    expect(transport.link.of("subscribe").length).toBe(1);
    clock.advance(1);
    expect(transport.link.of("subscribe").at(-1)).toMatchObject({ since: { epoch: "e", offset: 3 } });
    expect(order.state.isStale).toBe(true);
    transport.link.reply("subscribe", { ...orderAt(4), recovered: true, messages: [orderMessage(4)] });
    expect(received).toEqual(["s4"]);
    expect(order.state).toMatchObject({ status: "subscribed", isStale: undefined, error: undefined });
  },
);

it("publishes behind the next subscribe what was published meanwhile, and what was sent behind one that was refused for now", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("GAP", { retry: "later" }) });
  const note = order.publish({ note: "waits" });
  clock.advance(500);
  expect(transport.link.of("message")).toMatchObject([{ payload: { note: "waits" } }]);
  transport.link.refuse("subscribe", wireError("INTERNAL_ERROR", { retry: "later" }));
  transport.link.refuse("message", wireError("NOT_SUBSCRIBED", { retry: "never" }));
  expect(await outcome(note)).toBe("pending");
  clock.advance(1_000);
  const [first, second] = transport.link.of("message");
  expect(second).toEqual(first);
  transport.link.reply("subscribe", orderAt(3));
  transport.link.reply("message", "done");
  expect(await outcome(note)).toEqual({ resolved: "done" });
});

it("reports a gap where the subscribe after GAP does not recover", async () => {
  const { transport, clock, received } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("GAP", { retry: "later" }) });
  clock.advance(500);
  transport.link.reply("subscribe", { channel: ORDER, position: { epoch: "f", offset: 0 }, recovered: false });
  expect(received).toEqual(["GAP"]);
});

it("waits for retryAfterMs and jitter after RECOVERY_LIMITED, with the same position", async () => {
  const { transport, clock, order, reconnect } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  await reconnect();
  transport.link.refuse("subscribe", wireError("RECOVERY_LIMITED", { retry: "later", retryAfterMs: 4_000 }));
  expect(order.state).toMatchObject({ status: "subscribing", isStale: true, error: { code: "RECOVERY_LIMITED" } });
  clock.advance(4_249);
  expect(transport.link.of("subscribe").length).toBe(1);
  clock.advance(1);
  expect(transport.link.of("subscribe").at(-1)).toMatchObject({ since: { epoch: "e", offset: 3 } });
});

it("is refused, and so is what waits, where the channel does not come back", async () => {
  const { transport, clock, order } = await orderListener();
  transport.link.reply("subscribe", orderAt(3));
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("CHANNEL_DISABLED", { retry: "later" }) });
  const note = order.publish({ note: "waits" });
  clock.advance(500);
  transport.link.refuse("subscribe", wireError("CHANNEL_UNKNOWN"));
  expect(order.state).toMatchObject({ status: "refused", isStale: undefined, error: { code: "CHANNEL_UNKNOWN" } });
  expect(await outcome(note)).toEqual({ rejected: "CHANNEL_UNKNOWN" });
});

it("delivers a message without a position on a channel with history, and keeps its own position", async () => {
  const { transport, order, received } = await orderListener();
  transport.link.emit(orderMessage(0, { position: undefined })); // before the reply: kept until after it
  transport.link.reply("subscribe", orderAt(3));
  transport.link.emit(orderMessage(1, { position: undefined }));
  transport.link.emit(orderMessage(4));
  expect(received).toEqual(["s0", "s1", "s4"]);
  expect(order.state.position).toEqual({ epoch: "e", offset: 4 });
  expect(transport.link.of("subscribe").length).toBe(1);
});

it("comes back after retryAfterMs where too many connections are open", async () => {
  const { transport, clock, client } = await orderListener();
  const error = wireError("TOO_MANY_CONNECTIONS", { retry: "later", retryAfterMs: 7_000 });
  transport.link.break(4114, error);
  await clock.advanceAsync(6_999);
  expect(client.state.status).toBe("waiting");
  await clock.advanceAsync(5_000);
  expect(transport.links.length).toBe(2);
});
