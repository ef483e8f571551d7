import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const room = defineRealtimeChannel({ name: "rooms.{id}", scope: "authenticated", payload: z.number() });
const office = defineRealtimeChannel({ name: "office", scope: { role: "staff" }, payload: z.number() });
const subscribe = (channel: string) => ({ type: "subscribe", channel });

async function fixture(more: Parameters<typeof nodeUnderTest>[0] = {}) {
  const node = await nodeUnderTest(more);
  for (const channel of [room, office]) node.realtime.registry.registerChannel(channel);
  return node;
}

it("observes which check of which gate decided, and how long it took", async () => {
  const { realtime, enter, observations } = await fixture({
    guards: [
      {
        name: "membership",
        subscribe({ address }) {
          if (address.params.id === "9") throw new RealtimeError("UNAUTHORIZED");
        },
      },
    ],
  });
  const mia = enter("mia");
  await mia.request(subscribe("rooms.1"));
  for (const name of ["rooms.9", "office", "nothing"]) await mia.request(subscribe(name));
  await mia.request({ type: "message", channel: "rooms.1", payload: 1 });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), "x" as never).catch(() => undefined);
  const decided = observations.filter((observation) => observation.kind === "decided");
  expect(decided.map(({ gate, by, refusal, channel }) => [gate, by, refusal, channel])).toEqual([
    ["connect", "all", undefined, undefined],
    ["subscribe", "all", undefined, "rooms.1"],
    ["subscribe", "membership", "UNAUTHORIZED", "rooms.9"],
    ["subscribe", "scope", "UNAUTHORIZED", "office"],
    ["subscribe", "channel", "CHANNEL_UNKNOWN", "nothing"],
    ["message", "schema", "INBOUND_REFUSED", "rooms.1"],
    ["broadcast", "schema", "BROADCAST_INVALID", "rooms.1"],
  ]);
  for (const { durationMs } of decided) expect(durationMs).toBeGreaterThanOrEqual(0);
});

it("shows observers frozen facts, and no way to the session", async () => {
  const { enter, observations } = await fixture();
  const mia = enter("mia", { headers: { cookie: "secret" } });
  await mia.request(subscribe("rooms.1"));
  const connected = observations.find((observation) => observation.kind === "connected");
  const connection = connected?.kind === "connected" ? connected.connection : undefined;
  expect(Object.isFrozen(connection) && Object.isFrozen(connection?.user)).toBe(true);
  expect(Object.keys(connection ?? {}).toSorted()).toEqual([
    "connectionId",
    "remoteAddress",
    "since",
    "transport",
    "user",
  ]);
  expect(JSON.stringify(observations)).not.toContain("secret");
});

it("reports how many connections a message was queued for, and builds nothing for kinds that are not observed", async () => {
  const seen: string[] = [];
  const { realtime, enter, observations } = await fixture({
    observers: [{ kinds: ["delivered"], observe: ({ kind }) => void seen.push(kind) }],
  });
  for (const name of ["mia", "sam"]) await enter(name).request(subscribe("rooms.1"));
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(observations).toContainEqual(expect.objectContaining({ kind: "delivered", audience: 2 }));
  expect(seen).toEqual(["delivered"]);
});

it("calls closing and audience beside handler and opening, and observes their failures", async () => {
  const events: unknown[] = [];
  const { realtime, enter, observations } = await nodeUnderTest();
  realtime.registry.register(room, {
    closing: ({ user, why, address }) => void events.push([address.name, user.userId, why]),
    async audience({ here }) {
      events.push(here);
      if (here === 0) throw new Error("cannot stop");
    },
  });
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request(subscribe("rooms.1"));
  await mia.request({ type: "unsubscribe", channel: "rooms.1" });
  sam.hangUp();
  expect(events).toEqual([1, ["rooms.1", "mia", "unsubscribed"], 0, ["rooms.1", "sam", "disconnected"]]);
  await expect.poll(() => observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "audience" }));
});

it("observes a refusal at the first request with the request, where there is no connection yet", async () => {
  const { enter, observations } = await fixture();
  expect(() =>
    enter("mia", { headers: { origin: "https://evil.example", host: "a.example", cookie: "secret" } }),
  ).toThrow();
  expect(observations).toMatchObject([
    {
      kind: "refused",
      connection: undefined,
      error: { code: "ORIGIN_REFUSED", detail: "https://evil.example" },
      handshake: { transport: "memory", origin: "https://evil.example" },
    },
  ]);
  expect(JSON.stringify(observations)).not.toContain("secret");
});
