import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type IRealtimeGuard } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.string(), inbound: z.string() });
const UNSENDABLE: readonly (readonly [what: string, data: unknown, code: string])[] = [
  ["no JSON", { balance: 1n }, "INTERNAL_ERROR"],
  ["too large", "x".repeat(1_000), "REPLY_TOO_LARGE"],
];

/** A client of a room, and a guard that refuses whatever comes once it is closed. */
async function roomWith(data: unknown) {
  const isClosed = new Set<keyof IRealtimeGuard>();
  const refuse = (hook: keyof IRealtimeGuard) => () => {
    if (isClosed.has(hook)) throw new RealtimeError(hook === "connect" ? "UNAUTHENTICATED" : "REFUSED", { data });
  };
  const node = await nodeUnderTest({
    limits: { maxReplyBytes: 500 },
    guards: [{ connect: refuse("connect"), subscribe: refuse("subscribe"), message: refuse("message") }],
  });
  node.realtime.registry.register(room, () => "ok");
  const mia = node.enter("mia");
  await mia.request({ type: "subscribe", channel: "room" });
  return { ...node, mia, close: (hook: keyof IRealtimeGuard) => isClosed.add(hook) };
}

it.each(UNSENDABLE)(
  "ends a subscription with a reason where a guard refuses with %s at a recheck",
  async (_, data, code) => {
    const { realtime, mia, close, observations } = await roomWith(data);
    close("subscribe");
    await realtime.recheck({ channel: "room" });
    expect(await mia.next("left")).toMatchObject({ channel: "room", error: { code } });
    expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "guard", channel: "room" }));
    expect(await mia.request({ type: "message", channel: "room", payload: "x" })).toMatchObject({
      error: { code: "NOT_SUBSCRIBED" },
    });
  },
);

it("observes the handler and its channel where it refuses with data that are no JSON", async () => {
  const { realtime, enter, observations } = await nodeUnderTest();
  const refuse = () => {
    throw new RealtimeError("REFUSED", { data: { balance: 1n } });
  };
  realtime.registry.register(room, refuse);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "room" });
  await mia.request({ type: "message", channel: "room", payload: "x" });
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: "failed", where: "handler's refusal", channel: "room" }),
  );
});

it("observes the channel of a refusal whose place is not known", async () => {
  const arrive = () => {
    throw new Error("broken");
  };
  const { enter, observations } = await nodeUnderTest({ guards: [{ arrive }] });
  await enter("mia").request({ type: "message", channel: "room", payload: "x" });
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "gate", channel: "room" }));
});

it.each(UNSENDABLE)(
  "replies to a message, a subscribe and a refresh that a guard refuses with %s",
  async (_, data, code) => {
    const { mia, close } = await roomWith(data);
    close("message");
    expect(await mia.request({ type: "message", channel: "room", payload: "x" })).toMatchObject({ error: { code } });
    close("subscribe");
    expect(await mia.request({ type: "subscribe", channel: "room" })).toMatchObject({ error: { code } });
    close("connect");
    expect(await mia.request({ type: "refresh", token: "mia" })).toMatchObject({ error: { code } });
  },
);

it.each(UNSENDABLE)(
  "closes a connection that a guard refuses with %s: at gate 1, at a refresh, at a reauthentication",
  async (_, data) => {
    const { realtime, enter, mia, close } = await roomWith(data);
    const sam = enter("sam");
    await sam.next("connected");
    close("connect");
    const closed = { closeCode: expect.any(Number) };
    await realtime.reauthenticate({ userId: "mia" });
    expect(await mia.next("close")).toMatchObject(closed);
    sam.send({ type: "refresh", id: "1" }); // the cookie once more
    expect(await sam.next("close")).toMatchObject(closed);
    expect(await enter("pia").next("close")).toMatchObject(closed);
  },
);
