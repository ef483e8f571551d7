import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";

const page = defineRealtimeChannel({
  name: "page.{id}",
  scope: "authenticated",
  payload: { part: z.number(), done: z.object({}) },
  ask: z.object({ first: z.number() }).strict(),
  opening: z.object({ title: z.string() }),
  history: { size: 10, ttlMs: 60_000 },
});
const open = { type: "subscribe", channel: "page.1", ask: { first: 7 } };

/** A promise that the test settles. */
function hold() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { released, release };
}
const kinds = ({ frames }: TestClient) => frames.map(({ type }) => type);

it("passes a subscriber's ask to guards and the opening, and sends the opening's pieces after the reply", async () => {
  const passed: unknown[] = [];
  const { realtime, enter } = await nodeUnderTest({ guards: [{ subscribe: ({ ask }) => void passed.push(ask) }] });
  realtime.registry.register(page, {
    async opening({ ask, recovered, user, send }) {
      await send("part", ask.first);
      await send("part", ask.first + 1);
      return { title: `${user.userId} ${recovered}` };
    },
  });
  const [mia, sam] = [enter("mia"), enter("sam")];
  expect(await mia.request(open)).toMatchObject({ ok: true, result: { opening: { title: "mia false" } } });
  expect(passed).toEqual([{ first: 7 }]);
  expect(kinds(mia)).toEqual(["connected", "reply", "message", "message"]);
  expect(mia.frames.slice(2)).toMatchObject([{ payload: 7 }, { payload: 8 }]);
  expect(mia.frames[2]).not.toHaveProperty("position"); // to this connection alone, past the history
  expect(kinds(sam)).toEqual(["connected"]);
});

it.each([
  ["does not fit", { ask: { first: "7" } }],
  ["is missing", { ask: undefined }],
])("refuses an ask that %s with PAYLOAD_INVALID, before any guard", async (_name, more) => {
  let guards = 0;
  const { realtime, enter } = await nodeUnderTest({ guards: [{ subscribe: () => void (guards += 1) }] });
  realtime.registry.registerChannel(page);
  expect(await enter("mia").request({ ...open, ...more })).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
  expect(guards).toBe(0);
});

it("refuses an ask where the channel takes none", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(defineRealtimeChannel({ name: "plain", scope: "public", payload: z.number() }));
  const reply = await enter("mia").request({ type: "subscribe", channel: "plain", ask: 1 });
  expect(reply).toMatchObject({ error: { code: "PAYLOAD_INVALID", message: expect.stringContaining("takes none") } });
});

it("computes no opening for a gap that was filled", async () => {
  let openings = 0;
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(page, { opening: () => ({ title: `${(openings += 1)}` }) });
  const mia = enter("mia");
  const first = (await mia.request(open)) as unknown as { result: { position: object } };
  await realtime.broadcaster.broadcast(page.at({ id: "1" }), "part", 1);
  const back = await enter("mia").request({ ...open, since: first.result.position });
  expect(back).toMatchObject({ result: { recovered: true, messages: [{ payload: 1 }] } });
  expect(back).not.toHaveProperty("result.opening");
  const lost = await enter("mia").request({ ...open, since: { epoch: "another", offset: 1 } });
  expect(lost).toMatchObject({ result: { recovered: false, opening: { title: "2" } } });
});

it("replies INTERNAL_ERROR where an opening returns what its schema refuses", async () => {
  const { realtime, enter, observations } = await nodeUnderTest();
  realtime.registry.register(page, { opening: () => ({ name: "no title" }) as never });
  expect(await enter("mia").request(open)).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", cause: expect.any(TypeError) }));
});

it("reports an opening's piece that does not fit as the opening's failure: the mistake is not the client's", async () => {
  const { realtime, enter, observations } = await nodeUnderTest();
  realtime.registry.register(page, {
    opening: async ({ send }) => {
      await send("part", "seven" as never);
      return { title: "never reached" };
    },
  });
  expect(await enter("mia").request(open)).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  const cause = expect.objectContaining({ code: "BROADCAST_INVALID" });
  expect(observations).toContainEqual({ kind: "failed", where: "opening", channel: "page.1", cause });
});

it("refuses an opening that is too large with a code, and keeps the connection", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(page, { opening: () => ({ title: "x".repeat(1_200_000) }) });
  const mia = enter("mia");
  expect(await mia.request(open)).toMatchObject({ ok: false, error: { code: "OPENING_TOO_LARGE" } });
  mia.send({ type: "ping" });
  await mia.next("pong");
});

it("aborts an opening's signal when its deadline has passed", async () => {
  let signal: AbortSignal | undefined;
  const { realtime, enter } = await nodeUnderTest({ limits: { handlerMs: 20 } });
  realtime.registry.register(page, {
    opening(request) {
      signal = request.signal;
      return new Promise(() => undefined);
    },
  });
  expect(await enter("mia").request(open)).toMatchObject({ ok: false, error: { code: "HANDLER_TIMEOUT" } });
  expect(signal?.aborted).toBe(true);
});

it("aborts an opening's signal when its subscriber leaves, and refuses the subscribe that is cancelled", async () => {
  let signal: AbortSignal | undefined;
  const { released, release } = hold();
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(page, {
    async opening(request) {
      signal = request.signal;
      await released;
      return { title: "late" };
    },
  });
  const mia = enter("mia");
  mia.send({ ...open, id: "s" });
  await expect.poll(() => signal).toBeDefined();
  expect(await mia.request({ type: "unsubscribe", channel: "page.1" })).toMatchObject({ ok: true });
  expect(signal?.aborted).toBe(true);
  release();
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ id: "s", ok: false });
  await realtime.broadcaster.broadcast(page.at({ id: "1" }), "part", 1);
  expect(kinds(mia)).not.toContain("message");
});

it("takes first frames from the upgrade itself, behind gate 1", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(page);
  const mia = enter("mia", {
    first: JSON.stringify([
      { ...open, id: "a" },
      { ...open, channel: "page.2", id: "b" },
    ]),
  });
  await expect.poll(() => kinds(mia)).toEqual(["connected", "reply", "reply"]);
  expect(mia.frames.slice(1)).toMatchObject([
    { id: "a", ok: true },
    { id: "b", ok: true },
  ]);
});

it.each(["no JSON", "{}", "[1,2]", "null"])(
  "refuses %j in the place of first frames, and the connection lives",
  async (first) => {
    const { enter } = await nodeUnderTest();
    const mia = enter("mia", { first });
    await expect.poll(() => mia.frames[1]).toMatchObject({ type: "error", error: { code: "FRAME_INVALID" } });
    mia.send({ type: "ping" });
    await mia.next("pong");
  },
);
