import type { StandardSchemaV1 } from "@standard-schema/spec";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeHistory, type Schema } from "../index.js";
import { InMemoryHistory, RealtimeHandlerRegistry } from "./index.js";
import { nodeUnderTest } from "./node-under-test.js";

/** A promise of another make, as query builders and other realms have them. */
function foreign<Value>(value: Value): Promise<Value> {
  const then = (...callbacks: Parameters<Promise<Value>["then"]>) => Promise.resolve(value).then(...callbacks);
  return { then } as unknown as Promise<Value>;
}

/** The same for what fails. */
function foreignFailure(cause: unknown): Promise<never> {
  const then = (...callbacks: Parameters<Promise<never>["then"]>) => Promise.reject(cause).then(...callbacks);
  return { then } as unknown as Promise<never>;
}

/** A schema whose result is such a promise. */
function slowly<Input, Output>(schema: Schema<Input, Output>): Schema<Input, Output> {
  const standard = schema["~standard"];
  const validate = (value: unknown) => foreign(standard.validate(value)) as Promise<StandardSchemaV1.Result<Output>>;
  return { "~standard": { version: 1, vendor: "test", validate } };
}

const room = defineRealtimeChannel({
  name: "room",
  scope: "public",
  payload: slowly(z.number()),
  inbound: slowly(z.number()),
  reply: slowly(z.number()),
  ask: slowly(z.number()),
  opening: slowly(z.number()),
});

it("waits for the promise of a schema, a handler and an opening, whatever its make", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(room, {
    handler: ({ payload, broadcast }) => foreign(payload).then(async (n) => (await broadcast(n), foreign(n + 1))),
    opening: ({ ask }) => foreign(ask + 1),
  });
  const mia = enter("mia");
  const subscribe = { type: "subscribe", channel: "room" };
  expect(await mia.request({ ...subscribe, ask: "1" })).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
  expect(await mia.request({ ...subscribe, ask: 1 })).toMatchObject({ result: { opening: 2 } });
  const message = { type: "message", channel: "room" };
  expect(await mia.request({ ...message, payload: "1" })).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
  expect(await mia.request({ ...message, payload: 1 })).toMatchObject({ result: 2 });
  expect(await mia.next("message")).toMatchObject({ payload: 1 });
  await expect(realtime.broadcaster.broadcast(room, "1" as never)).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
});

it("replies with what a query builder resolves to, and not with the builder", async () => {
  const list = defineRealtimeChannel({ name: "list", scope: "public", payload: z.number(), inbound: z.number() });
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(list, ({ payload }) =>
    payload === 1 ? foreign(["row"]) : foreignFailure(new Error("no")),
  );
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "list" });
  expect(await mia.request({ type: "message", channel: "list", payload: 1 })).toMatchObject({ result: ["row"] });
  expect(await mia.request({ type: "message", channel: "list", payload: 2 })).toMatchObject({
    error: { code: "HANDLER_FAILED" },
  });
});

it("waits for the promises of a history and a broker of any make", async () => {
  const memory = new InMemoryHistory();
  const history: IRealtimeHistory = {
    append: (entries) => foreign(memory.append(entries)),
    read: (...query) => foreign(memory.read(...query)),
    close: () => undefined,
  };
  const log = defineRealtimeChannel({
    name: "log",
    scope: "public",
    payload: z.number(),
    history: { size: 9, ttlMs: 60_000 },
  });
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(log);
  const { realtime, enter } = await nodeUnderTest({ history, registry });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "log" });
  const receipts = await Promise.all([1, 2, 3].map((n) => realtime.broadcaster.broadcast(log, n)));
  expect(receipts.map(({ position }) => position?.offset)).toEqual([1, 2, 3]);
  await expect.poll(() => mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []))).toEqual([1, 2, 3]); // prettier-ignore
});

it("reports an observer, a guard and a callback of a channel whose foreign promise fails", async () => {
  const causes: unknown[] = [];
  const [watching, forgetting, closing, audience] = ["watching", "forgetting", "closing", "audience"].map(
    (name) => new Error(name),
  );
  const { realtime, enter } = await nodeUnderTest({
    guards: [{ forget: () => foreignFailure(forgetting) }],
    observers: [
      { kinds: ["subscribed"], observe: () => foreignFailure(watching) as never },
      { kinds: ["failed"], observe: (seen) => void (seen.kind === "failed" && causes.push(seen.cause)) },
    ],
  });
  const plain = defineRealtimeChannel({ name: "plain", scope: "public", payload: z.number() });
  realtime.registry.register(plain, {
    closing: () => foreignFailure(closing),
    audience: () => foreignFailure(audience),
  });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "plain" });
  mia.hangUp();
  await expect.poll(() => new Set(causes)).toEqual(new Set([watching, forgetting, closing, audience]));
});

it("ends no process where two observers fail, one of them asynchronously, and each is reported to the other", async () => {
  const rejected: unknown[] = [];
  const note = (cause: unknown) => void rejected.push(cause);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  const fail = () => foreignFailure(new Error("the log is down")) as never;
  const failNatively = () => Promise.reject(new Error("the log is down")) as never;
  const { enter } = await nodeUnderTest({ observers: [{ observe: fail }, { observe: failNatively }] });
  const mia = enter("mia");
  await mia.next("connected");
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejected).toEqual([]);
});

it("refuses a guard's arrive that returns a promise, whatever its make", async () => {
  const { enter } = await nodeUnderTest({ guards: [{ arrive: () => foreign(1) as never }] });
  const mia = enter("mia");
  expect(await mia.request({ type: "message", channel: "any", payload: 1 })).toMatchObject({
    error: { code: "INTERNAL_ERROR" },
  });
});
