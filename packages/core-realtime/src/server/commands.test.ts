import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type RealtimeUser } from "../index.js";
import { nodeUnderTest, type TestClient } from "./node-under-test.js";

const room = defineRealtimeChannel({ name: "rooms.{id}", scope: "authenticated", payload: z.number() });
const office = defineRealtimeChannel({ name: "office", scope: { role: "staff" }, payload: z.number() });
const subscribe = (channel: string) => ({ type: "subscribe", channel });
const left = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "left" ? [[frame.channel, frame.error.code]] : []));

async function fixture(more: Parameters<typeof nodeUnderTest>[0] = {}) {
  const node = await nodeUnderTest(more);
  for (const channel of [room, office]) node.realtime.registry.registerChannel(channel);
  return node;
}

it("revokes all channels of a template, by its description and by its name", async () => {
  const { realtime, enter } = await fixture();
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) for (const id of ["1", "2"]) await client.request(subscribe(`rooms.${id}`));
  expect(await realtime.revoke({ userId: "mia", channel: room })).toEqual({ nodes: 1, givenUp: [] });
  expect(left(mia)).toEqual([
    ["rooms.1", "REVOKED"],
    ["rooms.2", "REVOKED"],
  ]);
  expect(left(sam)).toEqual([]);
  await realtime.revoke({ channel: "rooms.{id}" });
  expect(left(sam)).toHaveLength(2);
});

it.each(["room.1", "rooms", "rooms.{other}", ""])("throws where %j names no channel", async (channel) => {
  const { realtime } = await fixture();
  await expect(realtime.revoke({ channel })).rejects.toThrow(
    `No channel is called "${channel}". Registered: rooms.{id}`,
  );
  await expect(realtime.recheck({ channel })).rejects.toThrow(TypeError);
});

it("checks open subscriptions again, and ends what is refused now", async () => {
  const members = new Set(["mia", "sam"]);
  const checked: string[] = [];
  const { realtime, enter } = await fixture({
    guards: [
      {
        subscribe({ user, address }) {
          checked.push(`${user?.userId} ${address.name}`);
          if (user && !members.has(user.userId)) throw new RealtimeError("UNAUTHORIZED");
        },
      },
    ],
  });
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) for (const id of ["1", "2"]) await client.request(subscribe(`rooms.${id}`));
  members.clear();
  checked.length = 0;
  await realtime.recheck({ userId: "mia", channel: room.at({ id: "1" }) });
  expect(checked).toEqual(["mia rooms.1"]);
  expect([left(mia), left(sam)]).toEqual([[["rooms.1", "UNAUTHORIZED"]], []]);
  await realtime.recheck();
  expect([left(mia).length, left(sam).length]).toEqual([2, 2]);
});

it("marks for guards a recheck of the same user's open subscription, and not where the user has changed", async () => {
  const checked: unknown[] = [];
  const { realtime, enter } = await fixture({
    guards: [{ subscribe: ({ user, isRecheck }) => void checked.push([user?.userId, isRecheck]) }],
  });
  const mia = enter("mia");
  await mia.request(subscribe("rooms.1"));
  await realtime.recheck();
  await mia.request({ type: "refresh", token: "sam" });
  await realtime.reauthenticate({ userId: "sam" });
  await mia.request(subscribe("rooms.1"));
  expect(checked).toEqual([
    ["mia", false],
    ["mia", true],
    ["sam", false],
    ["sam", false],
    ["sam", false],
  ]);
});

it("checks a subscribe in progress again where its channel is rechecked or revoked, and no other", async () => {
  let release: () => void = () => undefined;
  let checked = 0;
  const released = new Promise<void>((resolve) => (release = resolve));
  const { realtime, enter } = await fixture({ guards: [{ subscribe: () => ((checked += 1), released) }] });
  const mia = enter("mia");
  mia.send({ ...subscribe("rooms.1"), id: "s" });
  await expect.poll(() => checked).toBe(1);
  await realtime.revoke({ userId: "mia", channel: "rooms.2" });
  await realtime.revoke({ userId: "sam", channel: room });
  await realtime.revoke({ userId: "mia", channel: room });
  release();
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ id: "s", ok: true });
  expect(checked).toBe(2);
});

it("authenticates again with the stored handshake: a removed role closes what it had opened", async () => {
  let roles = ["staff"];
  let signedIn = true;
  const { realtime, enter, observations } = await fixture({
    authenticator: {
      authenticate({ token }) {
        if (!signedIn) throw new RealtimeError("UNAUTHENTICATED");
        return { userId: token ?? "unknown", roles };
      },
    },
  });
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) for (const name of ["office", "rooms.1"]) await client.request(subscribe(name));
  roles = [];
  await realtime.reauthenticate({ userId: "mia" });
  expect([left(mia), left(sam)]).toEqual([[["office", "UNAUTHORIZED"]], []]);
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: "refreshed", before: expect.objectContaining({ roles: ["staff"] }) }),
  );
  signedIn = false;
  await realtime.reauthenticate({ userId: "mia" });
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", error: { code: "UNAUTHENTICATED" } });
  expect(sam.frames.at(-1)).not.toMatchObject({ type: "close" });
});

it("waits for no handler of the session before it authenticates again, and keeps what a refresh brings meanwhile", async () => {
  const pending: ((user: RealtimeUser) => void)[] = [];
  const { realtime, enter } = await fixture({
    authenticator: { authenticate: ({ token = "" }) => new Promise((resolve) => pending.push(() => resolve({ userId: "mia", roles: [token] }))) }, // prettier-ignore
  });
  const never = defineRealtimeChannel({ name: "never", scope: "public", payload: z.number(), inbound: z.number() });
  realtime.registry.register(never, () => new Promise(() => undefined));
  const release = async (count: number) => {
    await expect.poll(() => pending.length).toBe(count);
    pending[count - 1]?.({ userId: "", roles: [] });
  };
  const mia = enter("staff");
  await release(1);
  for (const name of ["office", "never"]) await mia.request(subscribe(name));
  for (const id of ["a", "b"]) mia.send({ type: "message", channel: "never", payload: 1, id });
  const done = realtime.reauthenticate({ userId: "mia" });
  await release(2);
  await done;
  const sam = enter("old");
  await release(3);
  const refreshed = sam.request({ type: "refresh", token: "new" });
  await expect.poll(() => pending.length).toBe(4);
  const again = realtime.reauthenticate({ userId: "mia" });
  await expect.poll(() => pending.length).toBe(6);
  pending[3]?.({ userId: "", roles: [] });
  await refreshed;
  pending[4]?.({ userId: "", roles: [] });
  pending[5]?.({ userId: "", roles: [] });
  await expect.poll(() => pending.length).toBe(7);
  pending[6]?.({ userId: "", roles: [] });
  await again;
  expect(realtime.connections().map(({ user }) => user?.roles)).toEqual([["staff"], ["new"]]);
});

it("authenticates again with the token of the latest refresh", async () => {
  const tokens: (string | undefined)[] = [];
  const { realtime, enter } = await fixture({
    authenticator: {
      authenticate({ token }) {
        tokens.push(token);
        return { userId: "mia", roles: [] };
      },
    },
  });
  const mia = enter("first");
  await mia.request({ type: "refresh", token: "second" });
  await realtime.reauthenticate({ userId: "mia" });
  expect(tokens).toEqual(["first", "second", "second"]);
});

it("lists connections without credentials, and takes a census of the channels", async () => {
  const { realtime, enter } = await fixture();
  const mia = enter("mia", { headers: { cookie: "secret" }, remoteAddress: "192.0.2.1" });
  await mia.request(subscribe("rooms.1"));
  await enter("sam").request(subscribe("rooms.1"));
  const listed = realtime.connections();
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatchObject({
    connectionId: mia.connectionId,
    user: { userId: "mia" },
    transport: "memory",
    remoteAddress: "192.0.2.1",
    subscriptions: ["rooms.1"],
    since: expect.any(Number),
    lastActive: expect.any(Number),
  });
  expect(JSON.stringify(listed)).not.toContain("secret");
  expect(realtime.census()).toEqual([{ template: "rooms.{id}", channels: 1, audience: 2 }]);
});

it("rejects serve, and ends no process, where the broker is down at start", async () => {
  const down = { join: async () => Promise.reject(new Error("the broker is down")), close: () => undefined };
  await expect(nodeUnderTest({ broker: down })).rejects.toThrow("the broker is down");
});
