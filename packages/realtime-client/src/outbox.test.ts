import { expect, it } from "vitest";
import { wireError } from "./testing/scripted-transport.js";
import { outcome, scriptedClient } from "./testing/scripted-client.js";

async function sender(userId: string | null = "mia") {
  const stage = scriptedClient();
  const handle = stage.client.channel("boards:{boardId}", { boardId: "1" });
  handle.subscribe(() => undefined);
  await stage.connect(userId);
  const emit = (id: string) => handle.publish("move", { id });
  const sent = () => stage.transport.link.of("message").map(({ payload }) => (payload as { readonly id: string }).id);
  return { ...stage, handle, emit, sent };
}

it("sends behind the subscribe, without waiting for its reply", async () => {
  const { emit, transport } = await sender();
  void emit("a");
  expect(transport.link.sent.map(({ type }) => type)).toEqual(["subscribe", "ping", "message"]);
});

it("resolves with the reply and rejects with the refusal", async () => {
  const { emit, transport } = await sender();
  const [first, second] = [emit("a"), emit("b")];
  transport.link.refuse("message", wireError("PAYLOAD_INVALID"));
  const [{ id } = { id: "" }] = transport.link.of("message");
  transport.link.emit({ type: "reply", id, ok: true, result: 7 });
  expect([await outcome(first), await outcome(second)]).toEqual([{ resolved: 7 }, { rejected: "PAYLOAD_INVALID" }]);
});

it("keeps what is published offline, and sends it in order once there is a connection", async () => {
  const { emit, sent, transport, clock } = await sender();
  transport.link.break(1006);
  for (const id of ["a", "b", "c"]) void emit(id);
  await clock.advanceAsync(500);
  transport.link.welcome();
  expect(transport.link.sent.map(({ type }) => type)).toEqual(["subscribe", "message", "message", "message", "ping"]);
  expect(sent()).toEqual(["a", "b", "c"]);
});

it("repeats what has no reply under the same id, before new messages", async () => {
  const { emit, sent, transport, reconnect } = await sender();
  void emit("a");
  const [{ id } = { id: "?" }] = transport.link.of("message");
  await reconnect();
  void emit("b");
  expect(sent()).toEqual(["a", "b"]);
  expect(transport.link.of("message")[0]?.id).toBe(id);
  expect(transport.link.of("message")[1]?.id).not.toBe(id);
});

it("keeps what a server refuses that is cut off from the others, and repeats it under the same id over the next connection", async () => {
  const { emit, sent, transport, reconnect } = await sender();
  const published = emit("a");
  const [{ id } = { id: "?" }] = transport.link.of("message");
  transport.link.refuse("message", wireError("ISOLATED", { retry: "later" }));
  expect(await outcome(published)).toBe("pending");
  await reconnect();
  void emit("b");
  expect(sent()).toEqual(["a", "b"]);
  expect(transport.link.of("message")[0]?.id).toBe(id);
});

it("does not repeat once the server may have forgotten the id", async () => {
  const { emit, sent, clock, reconnect } = await sender();
  const published = emit("a");
  clock.jump(111_000);
  await reconnect();
  expect(sent()).toEqual([]);
  expect(await outcome(published)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("does not repeat for an anonymous visitor, since a new connection makes another of them", async () => {
  const { emit, sent, reconnect } = await sender(null);
  const published = emit("a");
  await reconnect(null);
  expect(sent()).toEqual([]);
  expect(await outcome(published)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("sends an anonymous visitor's messages that were never sent", async () => {
  const { emit, sent, transport, clock } = await sender(null);
  transport.link.break(1006);
  void emit("a");
  await clock.advanceAsync(500);
  transport.link.welcome(null);
  expect(sent()).toEqual(["a"]);
});

it("never sends one user's messages as another user", async () => {
  const { emit, sent, transport, clock } = await sender("mia");
  transport.link.break(1006);
  const published = emit("a");
  await clock.advanceAsync(500);
  transport.link.welcome("tom");
  expect(sent()).toEqual([]);
  expect(await outcome(published)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("goes slowly enough for the server's limit when a long queue empties", async () => {
  const { emit, sent, transport, clock } = await sender();
  transport.link.break(1006);
  for (let index = 0; index < 100; index += 1) void emit(`${index}`);
  await clock.advanceAsync(500);
  transport.link.welcome();
  const counts = [sent().length];
  for (let second = 0; second < 4; second += 1) {
    clock.advance(1_000);
    counts.push(sent().length);
  }
  expect(counts).toEqual([36, 53, 71, 89, 100]);
  expect(sent()).toEqual(Array.from({ length: 100 }, (_, index) => `${index}`));
});

it("is bounded: the hundred and first message is refused at once", async () => {
  const { emit, transport } = await sender();
  transport.link.break(1006);
  const published = Array.from({ length: 100 }, (_, index) => emit(`${index}`));
  expect(await outcome(emit("one too many"))).toEqual({ rejected: "OVERLOADED" });
  expect(await outcome(published[99] ?? Promise.reject(new Error("none")))).toBe("pending");
});

it("refuses a message that would cost the connection, counting bytes and not characters", async () => {
  const { emit, sent } = await sender();
  expect(await outcome(emit("ä".repeat(40_000)))).toEqual({ rejected: "FRAME_TOO_LARGE" });
  void emit("ä".repeat(30_000));
  expect(sent().length).toBe(1);
});

it("refuses what waits for a channel that is refused, and only that", async () => {
  const { emit, client, transport } = await sender();
  const published = emit("a");
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe(() => undefined);
  const other = order.publish({ note: "b" });
  transport.link.emit({ type: "left", channel: "boards:1", error: wireError("REVOKED") });
  expect(await outcome(published)).toBe("pending"); // its subscribe has no reply yet
  const [{ id } = { id: "?" }] = transport.link.of("subscribe");
  transport.link.emit({ type: "reply", id, ok: false, error: wireError("UNAUTHORIZED") });
  expect([await outcome(published), await outcome(other)]).toEqual([{ rejected: "UNAUTHORIZED" }, "pending"]);
});

it("refuses everything at a disconnect", async () => {
  const { emit, client } = await sender();
  const published = emit("a");
  client.disconnect();
  expect(await outcome(published)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("keeps a channel for as long as something waits to be sent on it", async () => {
  const { emit, handle, transport, clock } = await sender();
  const published = emit("a");
  handle.unsubscribe();
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toEqual([]);
  transport.link.reply("message", "done");
  expect(await outcome(published)).toEqual({ resolved: "done" });
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toMatchObject([{ channel: "boards:1" }]);
});

it("refuses a message for a channel without listeners", async () => {
  const { client } = await sender();
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  expect(await outcome(order.publish({ note: "a" }))).toEqual({ rejected: "NOT_SUBSCRIBED" });
});
