import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type IRealtimeGuard, type IRealtimeServer } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({
  name: "room.{id}",
  scope: "authenticated",
  payload: z.number(),
  inbound: z.number(),
  reply: z.object({ n: z.number() }),
});
const subscribe = { type: "subscribe", channel: "room.1" };
const frame = { type: "message", channel: "room.1", payload: 1 };
const refuse = (): never => {
  throw new RealtimeError("REFUSED", { detail: "by a guard" });
};

async function guarded(guard: IRealtimeGuard, reply: (n: number) => unknown = (n) => ({ n })) {
  const node = await nodeUnderTest({ guards: [guard] });
  node.realtime.registry.register(room, ({ payload }) => reply(payload) as { n: number });
  return node;
}

it("lets a guard refuse at gate 1, with whatever code it has", async () => {
  const { enter } = await guarded({ connect: ({ user }) => (user?.userId === "mia" ? refuse() : undefined) });
  const [mia, sam] = [enter("mia"), enter("sam")];
  expect(await mia.next("close")).toMatchObject({ closeCode: 4506, error: { code: "CONNECT_REFUSED" } });
  expect(await sam.next("connected")).toMatchObject({ userId: "sam" });
});

it("lets a guard refuse at gate 3, after the schema and before the handler", async () => {
  const handled: number[] = [];
  const { enter } = await guarded({ message: ({ payload }) => (payload === 13 ? refuse() : undefined) }, (n) => {
    handled.push(n);
    return { n };
  });
  const mia = enter("mia");
  await mia.request(subscribe);
  expect(await mia.request({ ...frame, payload: 13 })).toMatchObject({ error: { code: "REFUSED" } });
  expect(await mia.request({ ...frame, payload: 12 })).toMatchObject({ ok: true, result: { n: 12 } });
  expect(handled).toEqual([12]);
});

it("runs no handler for a channel that was revoked while a guard was running", async () => {
  let take: () => Promise<unknown> = async () => undefined;
  const handled: number[] = [];
  const { enter, realtime } = await guarded({ message: async () => void (await take()) }, (n) => void handled.push(n));
  const mia = enter("mia");
  await mia.request(subscribe);
  take = () => realtime.revoke({ userId: "mia", channel: "room.1" });
  expect(await mia.request(frame)).toMatchObject({ error: { code: "REVOKED" } });
  expect(handled).toEqual([]);
});

it("refuses with INTERNAL_ERROR where a guard fails, and shows the observer why", async () => {
  const bug = new Error("secret of the database");
  const { enter, observations } = await guarded({ subscribe: () => Promise.reject(bug) });
  const mia = enter("mia");
  expect(await mia.request(subscribe)).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  expect(JSON.stringify(mia.frames)).not.toContain("secret");
  expect(observations).toContainEqual({ kind: "failed", where: "guard", cause: bug, channel: "room.1" });
});

it("ends the old subscription where a renewed one is refused", async () => {
  let isMember = true;
  const { enter, realtime } = await guarded({ subscribe: () => (isMember ? undefined : refuse()) });
  const mia = enter("mia");
  await mia.request(subscribe);
  isMember = false;
  expect(await mia.request(subscribe)).toMatchObject({ ok: false });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(mia.frames.map(({ type }) => type)).not.toContain("message");
});

it("replies HANDLER_FAILED where a handler's result does not fit the reply schema", async () => {
  const { enter, observations } = await guarded({}, () => ({ n: "one" }));
  const mia = enter("mia");
  await mia.request(subscribe);
  expect(await mia.request(frame)).toMatchObject({ error: { code: "HANDLER_FAILED" } });
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", cause: expect.any(TypeError) }));
});

it("checks again at gate 1 what a transport did not check at the upgrade", async () => {
  const { realtime } = await nodeUnderTest();
  const refused: string[] = [];
  let enterWith: (headers: Record<string, string>) => void = () => undefined;
  const forgetful: IRealtimeServer = {
    transport: "forgetful",
    serve(gateway) {
      const connection = { id: "1", send: () => undefined, drop: () => undefined, drained: () => undefined };
      const close = (error: RealtimeError) => void refused.push(error.code);
      enterWith = (headers) => gateway.open({ ...connection, close }, { transport: "forgetful", url: "/", headers });
    },
    deliver: () => undefined,
    refuseNew: () => undefined,
    close: () => undefined,
  };
  await realtime.serve(forgetful);
  enterWith({ host: "a.example", origin: "https://b.example" });
  enterWith({ cookie: "x".repeat(8_193) });
  const closed = realtime.close({ drainMs: 1 });
  enterWith({});
  await closed;
  expect(refused).toEqual(["ORIGIN_REFUSED", "HANDSHAKE_INVALID", "DRAINING"]);
});

it("continues when an observer throws, and calls the others", async () => {
  const { enter, realtime, observations } = await nodeUnderTest({
    observers: [
      {
        observe() {
          throw new Error("a broken observer");
        },
      },
    ],
  });
  realtime.registry.register(room, ({ payload }) => ({ n: payload }));
  expect(await enter("mia").request(subscribe)).toMatchObject({ ok: true });
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "observer" }));
});

it("calls guards when a connection is to be forgotten", async () => {
  const forgotten: string[] = [];
  const { enter } = await guarded({ forget: (connectionId) => void forgotten.push(connectionId) });
  const mia = enter("mia");
  await mia.next("connected");
  mia.hangUp();
  await expect.poll(() => forgotten, { interval: 1 }).toEqual([mia.connectionId]);
});

it("does not wait for ever for a guard or an opening: the reply comes, and so does the close frame", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({ limits: { handlerMs: 20 } });
  realtime.registry.register(room, { opening: () => new Promise(() => undefined) });
  const mia = enter("mia");
  expect(await mia.request(subscribe)).toMatchObject({ ok: false, error: { code: "HANDLER_TIMEOUT" } });
  mia.send(subscribe);
  mia.hangUp();
  await expect.poll(() => observations.at(-1)?.kind).toBe("disconnected");
});

it("reports an async observer that rejects, and continues", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({
    observers: [{ observe: async () => Promise.reject(new Error("a broken async observer")) }],
  });
  realtime.registry.register(room, ({ payload }) => ({ n: payload }));
  expect(await enter("mia").request(subscribe)).toMatchObject({ ok: true });
  await expect.poll(() => observations.filter(({ kind }) => kind === "failed").length).toBeGreaterThan(0);
});

it("sends its close frame although a guard throws in `forget`", async () => {
  const { enter, observations } = await guarded({
    forget() {
      throw new Error("cannot forget");
    },
  });
  const mia = enter("mia");
  await mia.next("connected");
  mia.hangUp();
  await expect.poll(() => observations.map(({ kind }) => kind)).toContain("disconnected");
});
