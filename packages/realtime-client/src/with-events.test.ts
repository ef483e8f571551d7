import { expect, it, vi } from "vitest";
import { withEvents } from "./with-events.js";
import { outcome, scriptedClient } from "./testing/scripted-client.js";
import { wireError } from "./testing/scripted-transport.js";

const ORDER = "order:123";
const message = (event: string, payload: unknown, sender: object = { type: "system" }) => ({
  type: "message" as const,
  id: "m1",
  channel: ORDER,
  event,
  payload,
  at: 1_700_000_000_000,
  sender: sender as { readonly type: "system" },
});

function eventClient() {
  const { client, ...stage } = scriptedClient();
  const realtime = withEvents(client);
  const connect = async () => {
    const connected = realtime.connect();
    await stage.clock.advanceAsync(0);
    stage.transport.link.welcome();
    await connected;
  };
  const join = async (channel = ORDER) => {
    const joined = realtime.subscribe(channel);
    stage.transport.link.reply("subscribe", { channel });
    return joined;
  };
  return { ...stage, client, realtime, connect, join };
}

it("is the same object, with both surfaces", async () => {
  const { client, realtime } = eventClient();
  expect(realtime).toBe(client);
  expect(typeof realtime.channel).toBe("function");
});

it("works through the calls and events that the documentation of comparable libraries describes", async () => {
  const { realtime, transport, clock, connect, join } = eventClient();
  expect([realtime.isConnected, realtime.connectionState, realtime.socketId]).toEqual([
    false,
    "disconnected",
    undefined,
  ]);
  const connecting = connect();
  expect(realtime.connectionState).toBe("connecting");
  await connecting;
  expect([realtime.isConnected, realtime.connectionState, realtime.socketId]).toEqual([true, "connected", "c1"]);
  expect(await join()).toEqual({ ok: true, channel: ORDER });
  expect(realtime.getSubscribedChannels()).toEqual([ORDER]);
  const published = realtime.publish(ORDER, "new_message", { text: "hello" });
  await clock.advanceAsync(0);
  expect(transport.link.of("message")).toMatchObject([
    { channel: ORDER, event: "new_message", payload: { text: "hello" } },
  ]);
  transport.link.reply("message", { id: "m1" });
  await expect(published).resolves.toEqual({ id: "m1" });
  realtime.unsubscribe(ORDER);
  expect(realtime.getSubscribedChannels()).toEqual([]);
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toMatchObject([{ channel: ORDER }]);
  realtime.disconnect();
  expect(realtime.connectionState).toBe("disconnected");
});

it("passes a message's own fields with the server's meta", async () => {
  const { realtime, transport, connect, join } = eventClient();
  const received = vi.fn();
  realtime.on("UPDATE_order", received);
  await connect();
  await join();
  transport.link.emit(
    message("UPDATE_order", { status: "paid", meta: { senderId: "forged" } }, { type: "user", id: "mia" }),
  );
  const meta = {
    channel: ORDER,
    messageId: "m1",
    senderType: "user",
    senderId: "mia",
    timestamp: new Date(1_700_000_000_000),
  };
  expect(received.mock.calls).toEqual([[{ status: "paid", meta }]]);
});

it("passes what is no object under `payload`", async () => {
  const { realtime, transport, connect, join } = eventClient();
  const received = vi.fn();
  realtime.on("tick", received);
  await connect();
  await join();
  for (const payload of [7, "seven", null, [7]]) transport.link.emit(message("tick", payload));
  expect(received.mock.calls.map(([{ payload }]) => payload)).toEqual([7, "seven", null, [7]]);
});

it("removes a listener with off and the same function", async () => {
  const { realtime, transport, connect, join } = eventClient();
  const [received, other] = [vi.fn(), vi.fn()];
  realtime.on("tick", received);
  realtime.on("tick", other);
  await connect();
  await join();
  realtime.off("tick", received);
  transport.link.emit(message("tick", {}));
  expect(received).not.toHaveBeenCalled();
  expect(other).toHaveBeenCalledOnce();
});

it("reports every turn of the connection", async () => {
  const { realtime, transport, clock, connect } = eventClient();
  const notified: unknown[] = [];
  realtime.on("connect", () => notified.push("connect"));
  realtime.on("disconnect", (reason) => notified.push(["disconnect", reason]));
  realtime.on("connect_error", (error) => notified.push(["connect_error", error.message]));
  await connect();
  transport.link.break(4110, wireError("SLOW_CONSUMER", { retry: "later" }));
  await clock.advanceAsync(500);
  transport.link.break(1006);
  await clock.advanceAsync(1_000);
  transport.link.welcome();
  realtime.disconnect();
  expect(notified).toEqual([
    "connect",
    ["disconnect", "SLOW_CONSUMER"],
    ["connect_error", "The server could not be reached."],
    "connect",
    ["disconnect", "client disconnect"],
  ]);
});

it("rejects connect() when the first attempt fails, and continues to try", async () => {
  const { realtime, transport, clock } = eventClient();
  const connecting = realtime.connect();
  await clock.advanceAsync(0);
  transport.link.break(1006);
  expect(await outcome(connecting)).toEqual({ rejected: "TRANSPORT_LOST" });
  expect(realtime.connectionState).toBe("connecting");
});

it("resolves a subscribe that is refused with the code, and reports it as an error too", async () => {
  const { realtime, transport, connect } = eventClient();
  const onError = vi.fn();
  realtime.on("error", onError);
  await connect();
  const joining = realtime.subscribe("secret");
  transport.link.refuse("subscribe", wireError("UNAUTHORIZED", { message: "You may not use this channel." }));
  const error = { code: "UNAUTHORIZED", message: "You may not use this channel." };
  await expect(joining).resolves.toEqual({ ok: false, channel: "secret", error });
  expect(onError.mock.calls).toEqual([[error]]);
});

it("refuses to publish without a subscription", async () => {
  const { realtime, connect } = eventClient();
  await connect();
  expect(await outcome(realtime.publish(ORDER, "tick", {}))).toEqual({ rejected: "NOT_SUBSCRIBED" });
});

it("settles every subscribe of one channel, and those that are cancelled", async () => {
  const { realtime, transport, connect } = eventClient();
  await connect();
  const [first, second, other] = [realtime.subscribe(ORDER), realtime.subscribe(ORDER), realtime.subscribe("other")];
  expect(transport.link.of("subscribe").length).toBe(2);
  realtime.disconnect();
  for (const joining of [first, second, other])
    await expect(joining).resolves.toMatchObject({ ok: false, error: { code: "TRANSPORT_LOST" } });
  expect(realtime.getSubscribedChannels()).toEqual([]);
});

it("forgets a channel that was removed, and reports why", async () => {
  const { realtime, transport, connect, join } = eventClient();
  const onError = vi.fn();
  realtime.on("error", onError);
  await connect();
  await join();
  transport.link.emit({ type: "left", channel: ORDER, error: wireError("REVOKED") });
  expect(realtime.getSubscribedChannels()).toEqual([]);
  expect(onError.mock.calls).toMatchObject([[{ code: "REVOKED" }]]);
  expect(await outcome(realtime.publish(ORDER, "tick", {}))).toEqual({ rejected: "NOT_SUBSCRIBED" });
});

it("lets no channel's event appear as an event of the connection", async () => {
  const { realtime, transport, connect, join } = eventClient();
  const notified = vi.fn();
  for (const event of ["connect", "connect_error", "disconnect", "error"] as const) realtime.on(event, notified);
  await connect();
  await join();
  notified.mockClear();
  for (const event of ["connect", "connect_error", "disconnect", "error"]) transport.link.emit(message(event, {}));
  expect(notified).not.toHaveBeenCalled();
});
