import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, InProcessBroker, type RealtimeCommand } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const room = defineRealtimeChannel({
  name: "room.{id}",
  scope: "authenticated",
  payload: z.number(),
  history: { size: 10, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "room.1" };
const messages = (frames: readonly { readonly type: string }[]) => frames.filter(({ type }) => type === "message");

/** A promise that the test settles. */
function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

it("expels every connection of one sign-in, and no other", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const [tab, otherTab, sam] = [enter("mia"), enter("mia"), enter("sam")];
  for (const client of [tab, otherTab, sam]) await client.request(subscribe);
  await realtime.expel({ sessionId: "s-mia" });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  for (const client of [tab, otherTab]) {
    expect(client.frames.at(-1)).toMatchObject({ type: "close", closeCode: 4521, error: { code: "EXPELLED" } });
    expect(messages(client.frames)).toEqual([]);
  }
  expect(messages(sam.frames)).toHaveLength(1);
});

it("revokes one channel: the client receives the reason, and no further message of it", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request(subscribe);
  await realtime.revoke({ userId: "mia", channel: room.at({ id: "1" }) });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(mia.frames.at(-1)).toMatchObject({ type: "left", channel: "room.1", error: { code: "REVOKED" } });
  expect(messages(sam.frames)).toHaveLength(1);
});

it("revokes one connection's channel on its own node without a command, and on another node with one", async () => {
  const broker = new InProcessBroker();
  const commands: RealtimeCommand[] = [];
  const nodes = await Promise.all([nodeUnderTest({ broker }), nodeUnderTest({ broker })]);
  broker.join("watcher", {
    onEnvelope: () => undefined,
    onCommand: (command) => void commands.push(command),
    onGap: () => undefined,
    onIsolated: () => undefined,
    onRejoined: () => undefined,
  });
  for (const { realtime } of nodes) realtime.registry.registerChannel(room);
  const [here, there] = nodes;
  const [tab, other] = [here.enter("mia"), here.enter("mia")];
  for (const client of [tab, other]) await client.request(subscribe);
  const target = { connectionId: tab.connectionId, channel: room.at({ id: "1" }) };
  await here.realtime.revoke({ ...target, userId: "sam" });
  expect(tab.frames.some(({ type }) => type === "left")).toBe(false);
  await here.realtime.revoke(target);
  expect(tab.frames.at(-1)).toMatchObject({ type: "left", channel: "room.1", error: { code: "REVOKED" } });
  expect(commands).toEqual([]);
  await there.realtime.revoke({ ...target, connectionId: other.connectionId });
  expect(other.frames.at(-1)).toMatchObject({ type: "left", channel: "room.1" });
  expect(commands).toMatchObject([{ kind: "revoke", connectionId: other.connectionId }]);
});

it("admits no subscriber by a result that is older than the revocation", async () => {
  const [called, decision] = [gate(), gate()];
  const allowed = new Set(["mia"]);
  const { realtime, enter } = await nodeUnderTest({
    guards: [
      {
        async subscribe({ user }) {
          const isAllowed = allowed.has(user?.userId ?? "");
          called.open();
          await decision.passed;
          if (!isAllowed) throw new Error("not a member");
        },
      },
    ],
  });
  realtime.registry.registerChannel(room);
  const mia = enter("mia");
  const reply = mia.request(subscribe);
  await called.passed;
  allowed.delete("mia");
  await realtime.revoke({ userId: "mia", channel: "room.1" });
  decision.open();
  expect(await reply).toMatchObject({ ok: false });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(messages(mia.frames)).toEqual([]);
});

it("admits no client by an identity that is older than the expulsion", async () => {
  const [called, decision] = [gate(), gate()];
  let signedIn = true;
  const { realtime, enter } = await nodeUnderTest({
    authenticator: {
      async authenticate() {
        const user = signedIn ? { userId: "mia", roles: [], sessionId: "s" } : null;
        called.open();
        await decision.passed;
        return user;
      },
    },
  });
  realtime.registry.registerChannel(room);
  const mia = enter("mia");
  await called.passed;
  signedIn = false;
  await realtime.expel({ sessionId: "s" });
  decision.open();
  expect(await mia.next("connected")).toMatchObject({ userId: null });
});

it("sends no history to a client whose channel was revoked while it was read", async () => {
  const [called, decision] = [gate(), gate()];
  const { realtime, enter } = await nodeUnderTest({
    history: {
      append: (entries) => entries.map(() => ({ kind: "placed", position: { epoch: "e", offset: 1 } })),
      async read() {
        called.open();
        await decision.passed;
        return { position: { epoch: "e", offset: 1 }, complete: true, messages: [] };
      },
      close: () => undefined,
    },
  });
  realtime.registry.registerChannel(room);
  const mia = enter("mia");
  const reply = mia.request(subscribe);
  await called.passed;
  await realtime.revoke({ channel: "room.1" });
  decision.open();
  expect(await reply).toMatchObject({ ok: false, error: { code: "REVOKED" } });
});

it.each(["expulsion", "revocation"] as const)(
  "resolves an %s within one turn with 10 000 subscriptions",
  async (kind) => {
    const { realtime, enter } = await nodeUnderTest();
    realtime.registry.registerChannel(room);
    const clients = Array.from({ length: 200 }, () => enter("mia"));
    await Promise.all(clients.map((client) => client.next("connected")));
    for (const client of clients)
      for (let id = 0; id < 50; id += 1) client.send({ type: "subscribe", id: `${id}`, channel: `room.${id}` });
    await expect.poll(() => clients.every(({ frames }) => frames.length === 51), { timeout: 20_000 }).toBe(true);
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const end = () =>
      kind === "expulsion" ? realtime.expel({ userId: "mia" }) : realtime.revoke({ userId: "mia", channel: "room.7" });
    await end();
    clearInterval(count);
    expect(turns).toBe(0);
    const last = kind === "expulsion" ? "close" : "left";
    expect(clients.every(({ frames }) => frames.at(-1)?.type === last)).toBe(true);
  },
  30_000,
);

it("finds a user whose identity came by a refresh, and not the one it replaced", async () => {
  const { realtime, enter } = await nodeUnderTest();
  const mia = enter("mia");
  await mia.request({ type: "refresh", token: "sam" });
  await realtime.expel({ userId: "mia" });
  expect(mia.frames.at(-1)).toMatchObject({ type: "reply", ok: true });
  await realtime.expel({ userId: "sam" });
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", error: { code: "EXPELLED" } });
});

it("revokes a channel from one connection alone", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const [tab, otherTab] = [enter("mia"), enter("mia")];
  for (const client of [tab, otherTab]) await client.request(subscribe);
  await realtime.revoke({ connectionId: tab.connectionId, channel: "room.1" });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect([messages(tab.frames), messages(otherTab.frames)]).toMatchObject([[], [{ payload: 1 }]]);
});
