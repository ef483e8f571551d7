import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type IRealtimeGuard, type RealtimeUser } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const orders = defineRealtimeChannel({
  name: "tenants.{tenant}.orders",
  scope: "authenticated",
  payload: z.object({ id: z.string() }),
  inbound: z.object({ id: z.string() }),
  history: { size: 10, ttlMs: 60_000 },
});
const ACME = "tenants.acme.orders";

/** Row-level security by a claim: a user of another tenant reads nothing. */
const sameTenant: IRealtimeGuard = {
  subscribe({ address, user }) {
    if (user?.claims?.tenant !== address.params.tenant) throw new RealtimeError("UNAUTHORIZED");
  },
};

const miaOf = (tenant: string): RealtimeUser => ({ userId: "mia", roles: [], claims: { tenant, secret: "c1aim" } });

it("brings the claims to guards, openings and handlers", async () => {
  const seen: unknown[] = [];
  const look = ({ user }: { readonly user: RealtimeUser | null }) => void seen.push(user?.claims?.tenant);
  const { realtime, enter } = await nodeUnderTest({
    authenticator: { authenticate: () => miaOf("acme") },
    guards: [{ connect: look, subscribe: look, arrive: look, message: look }],
  });
  realtime.registry.register(orders, { handler: look, opening: look });
  const mia = enter();
  await mia.request({ type: "subscribe", channel: ACME });
  await mia.request({ type: "message", channel: ACME, payload: { id: "1" } });
  expect(seen).toEqual(Array(6).fill("acme"));
});

it.each([
  ["a refresh", async (_: unknown, refresh: () => Promise<unknown>) => void (await refresh())],
  ["reauthenticate", async (again: () => Promise<unknown>) => void (await again())],
])("reads the claims again at %s, and ends the subscription that the new ones do not allow", async (_name, renew) => {
  let tenant = "acme";
  const { realtime, enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: () => miaOf(tenant) },
    guards: [sameTenant],
  });
  realtime.registry.registerChannel(orders);
  const mia = enter();
  expect(await mia.request({ type: "subscribe", channel: ACME })).toMatchObject({ ok: true });
  tenant = "globex";
  await renew(
    () => realtime.reauthenticate({ userId: "mia" }),
    () => mia.request({ type: "refresh", token: "newer" }),
  );
  expect(await mia.next("left")).toMatchObject({ channel: ACME, error: { code: "UNAUTHORIZED" } });
  expect(observations.findLast(({ kind }) => kind === "refreshed")).toMatchObject({
    before: { claims: { tenant: "acme" } },
    connection: { user: { claims: { tenant: "globex" } } },
  });
});

it("checks a subscribe again whose guard was running when the claims changed", async () => {
  let tenant = "acme";
  let running: () => void = () => undefined;
  const isRunning = new Promise<void>((resolve) => (running = resolve));
  let go: () => void = () => undefined;
  const mayGo = new Promise<void>((resolve) => (go = resolve));
  const slow: IRealtimeGuard = {
    async subscribe(request) {
      const { user } = request;
      running();
      await mayGo;
      await sameTenant.subscribe?.({ ...request, user });
    },
  };
  const { realtime, enter } = await nodeUnderTest({
    authenticator: { authenticate: () => miaOf(tenant) },
    guards: [slow],
  });
  realtime.registry.registerChannel(orders);
  const mia = enter();
  const reply = mia.request({ type: "subscribe", channel: ACME });
  await isRunning;
  tenant = "globex";
  await realtime.reauthenticate({ userId: "mia" });
  go();
  expect(await reply).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
});

it("sends no client the claims: not their user's own, and not another's", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: ({ token }) => ({ ...miaOf("acme"), userId: token ?? "mia" }) },
    guards: [sameTenant],
  });
  realtime.registry.register(orders, ({ payload, broadcast }) => broadcast(payload));
  const clients = [enter("mia"), enter("sam")];
  for (const client of clients) await client.request({ type: "subscribe", channel: ACME, recover: null });
  await clients[0]?.request({ type: "message", channel: ACME, payload: { id: "1" } });
  await clients[1]?.next("message");
  await clients[0]?.request({ type: "refresh", token: "mia" });
  await clients[0]?.request({ type: "subscribe", channel: "tenants.globex.orders" }); // refused
  for (const { frames } of clients) expect(JSON.stringify(frames)).not.toContain("c1aim");
  expect(JSON.stringify(observations.filter(({ kind }) => kind === "broadcast" || kind === "decided"))).not.toContain(
    "c1aim",
  );
});

it("shows observers and `connections()` claims that they cannot change", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: () => miaOf("acme") },
  });
  const mia = enter();
  await mia.next("connected");
  const connected = observations.find(({ kind }) => kind === "connected");
  const shown = [connected?.kind === "connected" ? connected.connection : undefined, ...realtime.connections()];
  expect(shown).toHaveLength(2);
  for (const connection of shown)
    for (const part of [connection?.user, connection?.user?.roles, connection?.user?.claims])
      expect(Object.isFrozen(part)).toBe(true);
});
