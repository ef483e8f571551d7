import { expect, it } from "vitest";
import { wireError } from "./testing/scripted-transport.js";
import { outcome, scriptedClient } from "./testing/scripted-client.js";

async function speaker(userId: string | null = "mia") {
  const stage = scriptedClient();
  const handle = stage.client.channel("boards:{boardId}", { boardId: "1" });
  handle.subscribe(() => undefined);
  await stage.connect(userId);
  const say = (id: string) => handle.publish("move", { id });
  const sent = () => stage.transport.link.of("message").map(({ payload }) => (payload as { readonly id: string }).id);
  return { ...stage, handle, say, sent };
}

it("sends behind the subscribe, without waiting for its answer", async () => {
  const { say, transport } = await speaker();
  void say("a");
  expect(transport.link.sent.map(({ type }) => type)).toEqual(["subscribe", "ping", "message"]);
});

it("resolves with the reply and rejects with the refusal", async () => {
  const { say, transport } = await speaker();
  const [first, second] = [say("a"), say("b")];
  transport.link.refuse("message", wireError("PAYLOAD_INVALID"));
  const [{ id } = { id: "" }] = transport.link.of("message");
  transport.link.say({ type: "reply", id, ok: true, result: 7 });
  expect([await outcome(first), await outcome(second)]).toEqual([{ resolved: 7 }, { rejected: "PAYLOAD_INVALID" }]);
});

it("keeps what is said offline, and says it in order once there is a connection", async () => {
  const { say, sent, transport, clock } = await speaker();
  transport.link.break(1006);
  for (const id of ["a", "b", "c"]) void say(id);
  await clock.advanceAsync(500);
  transport.link.welcome();
  expect(transport.link.sent.map(({ type }) => type)).toEqual(["subscribe", "message", "message", "message", "ping"]);
  expect(sent()).toEqual(["a", "b", "c"]);
});

it("repeats what was not answered under the same id, ahead of what is new", async () => {
  const { say, sent, transport, reconnect } = await speaker();
  void say("a");
  const [{ id } = { id: "?" }] = transport.link.of("message");
  await reconnect();
  void say("b");
  expect(sent()).toEqual(["a", "b"]);
  expect(transport.link.of("message")[0]?.id).toBe(id);
  expect(transport.link.of("message")[1]?.id).not.toBe(id);
});

it("keeps what a server refuses that is cut off from the others, and repeats it under the same id over the next connection", async () => {
  const { say, sent, transport, reconnect } = await speaker();
  const said = say("a");
  const [{ id } = { id: "?" }] = transport.link.of("message");
  transport.link.refuse("message", wireError("ISOLATED", { retry: "later" }));
  expect(await outcome(said)).toBe("pending");
  await reconnect();
  void say("b");
  expect(sent()).toEqual(["a", "b"]);
  expect(transport.link.of("message")[0]?.id).toBe(id);
});

it("does not repeat once the server may have forgotten the id", async () => {
  const { say, sent, clock, reconnect } = await speaker();
  const said = say("a");
  clock.jump(111_000);
  await reconnect();
  expect(sent()).toEqual([]);
  expect(await outcome(said)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("does not repeat for an anonymous visitor, whom a new connection makes another", async () => {
  const { say, sent, reconnect } = await speaker(null);
  const said = say("a");
  await reconnect(null);
  expect(sent()).toEqual([]);
  expect(await outcome(said)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("says an anonymous visitor's words that never went out", async () => {
  const { say, sent, transport, clock } = await speaker(null);
  transport.link.break(1006);
  void say("a");
  await clock.advanceAsync(500);
  transport.link.welcome(null);
  expect(sent()).toEqual(["a"]);
});

it("never says one person's words as another", async () => {
  const { say, sent, transport, clock } = await speaker("mia");
  transport.link.break(1006);
  const said = say("a");
  await clock.advanceAsync(500);
  transport.link.welcome("tom");
  expect(sent()).toEqual([]);
  expect(await outcome(said)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("goes slowly enough for the server's limit when a long queue empties", async () => {
  const { say, sent, transport, clock } = await speaker();
  transport.link.break(1006);
  for (let index = 0; index < 100; index += 1) void say(`${index}`);
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
  const { say, transport } = await speaker();
  transport.link.break(1006);
  const said = Array.from({ length: 100 }, (_, index) => say(`${index}`));
  expect(await outcome(say("one too many"))).toEqual({ rejected: "OVERLOADED" });
  expect(await outcome(said[99] ?? Promise.reject(new Error("none")))).toBe("pending");
});

it("refuses a message that would cost the connection, counting bytes and not characters", async () => {
  const { say, sent } = await speaker();
  expect(await outcome(say("ä".repeat(40_000)))).toEqual({ rejected: "FRAME_TOO_LARGE" });
  void say("ä".repeat(30_000));
  expect(sent().length).toBe(1);
});

it("refuses what waits for a channel that is refused, and only that", async () => {
  const { say, client, transport } = await speaker();
  const said = say("a");
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  order.subscribe(() => undefined);
  const other = order.publish({ note: "b" });
  transport.link.say({ type: "left", channel: "boards:1", error: wireError("REVOKED") });
  expect(await outcome(said)).toBe("pending"); // its subscribe is not answered yet: that answer will tell
  const [{ id } = { id: "?" }] = transport.link.of("subscribe");
  transport.link.say({ type: "reply", id, ok: false, error: wireError("UNAUTHORIZED") });
  expect([await outcome(said), await outcome(other)]).toEqual([{ rejected: "UNAUTHORIZED" }, "pending"]);
});

it("refuses everything at a disconnect", async () => {
  const { say, client } = await speaker();
  const said = say("a");
  client.disconnect();
  expect(await outcome(said)).toEqual({ rejected: "TRANSPORT_LOST" });
});

it("keeps a channel for as long as something waits to be said on it", async () => {
  const { say, handle, transport, clock } = await speaker();
  const said = say("a");
  handle.unsubscribe();
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toEqual([]);
  transport.link.answer("message", "done");
  expect(await outcome(said)).toEqual({ resolved: "done" });
  await clock.advanceAsync(10);
  expect(transport.link.of("unsubscribe")).toMatchObject([{ channel: "boards:1" }]);
});

it("refuses a message where nobody listens", async () => {
  const { client } = await speaker();
  const order = client.channel("orders.{orderId}.status", { orderId: "7" });
  expect(await outcome(order.publish({ note: "a" }))).toEqual({ rejected: "NOT_SUBSCRIBED" });
});
