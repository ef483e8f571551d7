import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const page = defineRealtimeChannel({
  name: "page.{id}",
  scope: "authenticated",
  payload: { part: z.number() },
  history: { size: 10, ttlMs: 60_000 },
});
const open = { type: "subscribe", channel: "page.1" };

it("ends a subscribe that a guard is still checking when the client unsubscribes", async () => {
  const { released, release } = hold();
  const { realtime, enter, observations } = await nodeUnderTest({ guards: [{ subscribe: () => released }] });
  realtime.registry.registerChannel(page);
  const mia = enter("mia");
  mia.send({ ...open, id: "s" });
  expect(await mia.request({ type: "unsubscribe", channel: "page.1" })).toMatchObject({ ok: true });
  release();
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ id: "s", error: { code: "UNSUBSCRIBED" } });
  expect(observations.map(({ kind }) => kind)).not.toContain("subscribed");
});

it("checks subscribes that arrive together within one turn, so that a guard can query a database once", async () => {
  const queries: (readonly string[])[] = [];
  let waiting: { readonly name: string; readonly done: () => void }[] = [];
  const batched = (name: string) =>
    new Promise<void>((done) => {
      waiting.push({ name, done });
      if (waiting.length > 1) return;
      queueMicrotask(() => {
        queries.push(waiting.map((each) => each.name));
        for (const each of waiting) each.done();
        waiting = [];
      });
    });
  const { realtime, enter } = await nodeUnderTest({ guards: [{ subscribe: ({ address }) => batched(address.name) }] });
  realtime.registry.registerChannel(page);
  const mia = enter("mia");
  await mia.next("connected");
  for (let n = 0; n < 50; n += 1) mia.send({ ...open, channel: `page.${n}`, id: `${n}` });
  await expect.poll(() => mia.frames.length).toBe(51);
  expect(queries.map(({ length }) => length)).toEqual([50]);
});

it("counts subscribes in progress against the limit of a connection", async () => {
  const { released, release } = hold();
  const { realtime, enter } = await nodeUnderTest({
    guards: [{ subscribe: () => released }],
    limits: { maxSubscriptions: 3 },
  });
  realtime.registry.registerChannel(page);
  const mia = enter("mia");
  await mia.next("connected");
  for (let n = 0; n < 5; n += 1) mia.send({ ...open, channel: `page.${n}`, id: `${n}` });
  release();
  await expect.poll(() => mia.frames.length).toBe(6);
  const refused = mia.frames.filter((frame) => frame.type === "reply" && !frame.ok);
  expect(refused).toMatchObject([
    { id: "3", error: { code: "TOO_MANY_SUBSCRIPTIONS" } },
    { id: "4", error: { code: "TOO_MANY_SUBSCRIPTIONS" } },
  ]);
});

it("recovers several channels one after the other, each when the reader has taken the one before", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(page, {});
  const mia = enter("mia");
  const since = (await Promise.all([1, 2, 3].map((id) => mia.request({ ...open, channel: `page.${id}` })))).map(
    (reply) => (reply as unknown as { result: { position: object } }).result.position,
  );
  for (const id of ["1", "2", "3"]) await realtime.broadcaster.broadcast(page.at({ id }), "part", Number(id));
  const back = enter("mia");
  await back.next("connected");
  for (const [index, position] of since.entries())
    back.send({ ...open, channel: `page.${index + 1}`, since: position, id: `${index}` });
  await expect.poll(() => back.frames.filter(({ type }) => type === "reply").length).toBe(3);
  expect(back.frames.slice(1)).toMatchObject([
    { id: "0", result: { recovered: true, messages: [{ payload: 1 }] } },
    { id: "1", result: { recovered: true, messages: [{ payload: 2 }] } },
    { id: "2", result: { recovered: true, messages: [{ payload: 3 }] } },
  ]);
});

/** A promise that the test settles. */
function hold() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { released, release };
}
