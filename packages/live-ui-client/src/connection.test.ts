import { defineRealtimeChannel, refuse } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- a client is tested against real gates, and these live one floor beside
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { createRealtimeClient } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { expect, it } from "vitest";
import { z } from "zod";
import { realtimeConnection } from "./connection.js";
import type { WireReply } from "./wire.js";

const entries = z.array(z.unknown());
const pages = defineRealtimeChannel({
  name: "live-board.{instance}",
  scope: "public",
  payload: entries,
  inbound: z.object({ a: z.string().nullable(), r: z.number(), i: z.string(), v: z.unknown() }),
  ask: z.object({ token: z.string() }),
  opening: z.object({ v: entries }),
  errors: { FORBIDDEN: z.object({}) },
});

async function connected() {
  const realtime = createRealtime({
    authenticator: { authenticate: () => ({ userId: "mia", roles: [], sessionId: "s" }) },
  });
  const runs: unknown[] = [];
  realtime.registry.register(pages, {
    opening: ({ ask }) => ({ v: [0, { k: `after ${ask.token}` }] }),
    async handler({ payload, send }) {
      runs.push(payload.a);
      if (payload.a === "fail") refuse(pages, "FORBIDDEN", {});
      await send([payload.r, ["n", `${payload.a}`]]);
    },
  });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const transport = memory(server);
  const opened: unknown[] = [];
  const counted: typeof transport = {
    ...transport,
    open(request, events) {
      opened.push(request);
      return transport.open(request, events);
    },
  };
  const client = createRealtimeClient({ url: "/", transports: [counted], auth: () => "mia", random: () => 0 });
  return { connection: realtimeConnection(client), server, client, runs, opened };
}

function page(token: () => string) {
  const seen: unknown[] = [];
  return {
    seen,
    token,
    onOpening: (reply: WireReply) => void seen.push(["opening", ...reply]),
    onPatch: (reply: WireReply) => void seen.push(["patch", ...reply]),
    onLost: (isRefused: boolean) => void seen.push(isRefused ? "refused" : "lost"),
  };
}

it("joins with the newest token, sends actions, and gets their patches before their replies", async () => {
  const { connection, client, server, runs } = await connected();
  let token = "t0";
  const joined = page(() => token);
  const link = connection.join("live-board.x", joined);
  await expect.poll(() => joined.seen).toEqual([["opening", 0, { k: "after t0" }]]);
  await link.send({ a: "add", r: 1, i: "i1", v: {} });
  expect(joined.seen.slice(1)).toEqual([["patch", 1, ["n", "add"]]]);
  await expect(link.send({ a: "fail", r: 2, i: "i2", v: {} })).rejects.toMatchObject({
    code: "REFUSED",
    reason: "FORBIDDEN",
  });
  token = "t1";
  server.close(); // every link breaks, the node keeps running
  await expect.poll(() => joined.seen.slice(2)).toEqual(["lost", ["opening", 0, { k: "after t1" }]]);
  link.leave();
  expect(runs).toEqual(["add", "fail"]);
  client.disconnect();
});

it("subscribes anew, with the token of the new page, where one joins in the turn in which another has left", async () => {
  const { connection, client } = await connected();
  const first = page(() => "t0");
  const link = connection.join("live-board.x", first);
  await expect.poll(() => first.seen).toEqual([["opening", 0, { k: "after t0" }]]);
  link.leave();
  const second = page(() => "t1");
  connection.join("live-board.x", second);
  await expect.poll(() => second.seen).toEqual([["opening", 0, { k: "after t1" }]]);
  expect(first.seen.length).toBe(1);
  connection.join("live-board.y", first).leave(); // before it has subscribed
  client.disconnect();
});

it("has one connection for several pages, and reports a channel that is refused", async () => {
  const { connection, client, opened } = await connected();
  const joined = [page(() => "a"), page(() => "b"), page(() => "c")] as const;
  connection.join("live-board.a", joined[0]);
  connection.join("live-board.b", joined[1]);
  connection.join("nowhere.c", joined[2]);
  await expect
    .poll(() => joined.map(({ seen }) => seen))
    .toEqual([[["opening", 0, { k: "after a" }]], [["opening", 0, { k: "after b" }]], ["refused"]]);
  expect(opened.length).toBe(1);
  client.disconnect();
});
