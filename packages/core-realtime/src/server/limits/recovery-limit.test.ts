import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const log = defineRealtimeChannel({
  name: "log",
  scope: "public",
  payload: z.string(),
  history: { size: 100, ttlMs: 60_000 },
});

it("refuses to send the same gap again and again, and continues with what is new", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(log);
  const mia = enter();
  const joined = (await mia.request({ type: "subscribe", channel: "log" })) as {
    readonly result: { readonly position: { readonly epoch: string } };
  };
  const since = (offset: number) => ({
    type: "subscribe",
    channel: "log",
    since: { epoch: joined.result.position.epoch, offset },
  });
  for (const text of ["a", "b"]) await realtime.broadcaster.broadcast(log, text);
  for (const _twice of [1, 2])
    expect(await mia.request(since(0))).toMatchObject({ ok: true, result: { recovered: true } });
  expect(await mia.request(since(0))).toMatchObject({
    ok: false,
    error: { code: "RECOVERY_LIMITED", retry: "later", retryAfterMs: expect.any(Number) },
  });
  expect(await mia.request(since(1))).toMatchObject({ ok: true, result: { recovered: true } });
  for (let n = 0; n < 5; n += 1) expect(await mia.request(since(2))).toMatchObject({ ok: true }); // nothing is missing
  for (let n = 0; n < 5; n += 1)
    expect(await mia.request({ type: "subscribe", channel: "log", rewind: 2 })).toMatchObject({ ok: true });
});

it("refuses what goes beyond a connection's bytes, whichever channel or position it names", async () => {
  const { realtime, enter } = await nodeUnderTest({ limits: { recoveryBytesPerSecond: 1_000 } });
  realtime.registry.registerChannel(log);
  await realtime.broadcaster.broadcast(log, "x".repeat(3_000));
  const mia = enter();
  const codes: unknown[] = [];
  for (let n = 0; n < 4; n += 1) codes.push(await mia.request({ type: "subscribe", channel: "log", rewind: 1 }));
  expect(codes).toMatchObject([{ ok: true }, { ok: true }, { error: { code: "RECOVERY_LIMITED" } }, { ok: false }]);
});
