import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type OpeningRequest } from "../../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";

const prices = defineRealtimeChannel({
  name: "prices.{id}",
  scope: "public",
  payload: z.number(),
  opening: z.number(),
});

const payloads = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));

it("sends one message to the named subscribers of a channel, and to no other connection", async () => {
  const { realtime, enter } = await nodeUnderTest();
  let request: OpeningRequest<typeof prices> | undefined;
  realtime.registry.register(prices, { opening: (given) => ((request ??= given), 0) });
  const [mia, sam, kim, eve] = [enter("mia"), enter("sam"), enter("kim"), enter("eve")];
  for (const client of [mia, sam, kim]) await client.request({ type: "subscribe", channel: "prices.1" });
  await eve.request({ type: "subscribe", channel: "prices.2" });
  const of = (connectionId: string, channel = "prices.1") => ({ connectionId, channel });
  const named = [mia, sam, eve].map(({ connectionId }) => of(connectionId));
  await expect(request?.sendTo([...named, of("unknown"), of(kim.connectionId, "prices.9")], 7)).resolves.toBe(2);
  await mia.next("message");
  await sam.next("message");
  expect([mia, sam, kim, eve].map(payloads)).toEqual([[7], [7], [], []]);
});

it("sends no id with a message to one connection alone; each message of it that is read has an id of its own", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(prices, {
    async opening({ send }) {
      for (const price of [7, 7]) await send(price);
      return 1;
    },
  });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "prices.1" });
  await expect.poll(() => payloads(mia)).toEqual([7, 7]);
  const ids = mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.id] : []));
  expect(new Set(ids).size).toBe(2);
  expect(ids.join()).not.toMatch(/[0-9a-f]{8}-/); // made by the reader
});

it("sends to a subscriber that joins behind its reply", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(prices, {
    async opening({ connectionId, sendTo }) {
      await sendTo([{ connectionId, channel: "prices.1" }], 7);
      return 1;
    },
  });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "prices.1" });
  await mia.next("message");
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply", "message"]);
});

it("sends one message to subscribers of several channels of the description, and of no other one", async () => {
  const { realtime, enter } = await nodeUnderTest();
  const other = defineRealtimeChannel({ name: "other", scope: "public", payload: z.number() });
  let request: OpeningRequest<typeof prices> | undefined;
  realtime.registry.register(prices, { opening: (given) => ((request ??= given), 0) });
  realtime.registry.registerChannel(other);
  const [mia, sam] = [enter("mia"), enter("sam")];
  await mia.request({ type: "subscribe", channel: "prices.1" });
  await sam.request({ type: "subscribe", channel: "prices.2" });
  await sam.request({ type: "subscribe", channel: "other" });
  const to = [
    { connectionId: mia.connectionId, channel: "prices.1" },
    { connectionId: sam.connectionId, channel: "prices.2" },
    { connectionId: sam.connectionId, channel: "other" },
  ];
  await expect(request?.sendTo(to, 7)).resolves.toBe(2);
  await expect(mia.next("message")).resolves.toMatchObject({ channel: "prices.1", payload: 7 });
  await expect(sam.next("message")).resolves.toMatchObject({ channel: "prices.2", payload: 7 });
  expect(payloads(sam)).toEqual([7]);
});

it("refuses a payload that does not fit the channel", async () => {
  const { realtime, enter } = await nodeUnderTest();
  let request: OpeningRequest<typeof prices> | undefined;
  realtime.registry.register(prices, { opening: (given) => ((request = given), 0) });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "prices.1" });
  await expect(
    request?.sendTo([{ connectionId: mia.connectionId, channel: "prices.1" }], "seven" as never),
  ).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
});

it("ends a subscription whose opening no longer holds, with the reason", async () => {
  const { realtime, enter } = await nodeUnderTest();
  const requests: OpeningRequest<typeof prices>[] = [];
  realtime.registry.register(prices, { opening: (given) => (requests.push(given), 0) });
  const mia = enter("mia");
  for (const _ of [1, 2]) await mia.request({ type: "subscribe", channel: "prices.1" });
  const [first, second] = requests;
  first?.end(new RealtimeError("OVERLOADED")); // it was renewed since: nothing happens
  expect(mia.frames.some(({ type }) => type === "left")).toBe(false);
  second?.end(new RealtimeError("OVERLOADED", { retryAfterMs: 5 }));
  await expect(mia.next("left")).resolves.toMatchObject({ channel: "prices.1", error: { code: "OVERLOADED" } });
  expect(second?.signal.aborted).toBe(true);
  await expect(second?.send(1)).resolves.toBe(false);
});
