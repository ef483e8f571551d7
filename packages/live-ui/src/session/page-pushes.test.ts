import { FakeClock } from "@repo/core-testing";
import { RealtimeError } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { createLivePages, html, live } from "../index.js";
import { liveNode } from "./live-node-under-test.js";

const counter = live("/counter", {
  state: z.object({ count: z.number().default(0) }),
  actions: {
    increment: { run: ({ state }) => void (state.count += 1) },
    fail: {
      run: () => {
        throw new Error("broken");
      },
    },
  },
  render: ({ state }) => html`<output id="count">${state.count}</output>`,
});

it("runs `connected` for each connection, with pushes, and undoes it at the end", async () => {
  const log: string[] = [];
  let push = (): void => undefined;
  const clock = live("/clock", {
    state: z.object({ ticks: z.number().default(0) }),
    connected({ update }) {
      log.push("connected");
      push = () => update((state) => void (state.ticks += 1));
      return () => void log.push("gone");
    },
    render: ({ state }) => html`<time id="t">${state.ticks}</time>`,
  });
  const node = await liveNode([clock]);
  const page = await node.open("/clock");
  expect(log).toEqual([]); // a render over HTTP is no connection
  const client = node.connect(page);
  await client.subscribe();
  push();
  await expect.poll(() => client.patches).toEqual([[0, ["t", "1"], { k: expect.any(String) }]]);
  await client.unsubscribe();
  await expect.poll(() => log).toEqual(["connected", "gone"]);
  push(); // of who has gone
  expect(node.errors).toEqual([]);
});

it("renders every open page of a description again, and sends nothing where nothing has changed", async () => {
  let news = "one";
  const page = live("/news", {
    state: z.object({}),
    load: () => news,
    render: ({ data }) => html`<p id="p">${data}</p>`,
  });
  const node = await liveNode([page, counter]);
  const [a, b] = [node.connect(await node.open("/news")), node.connect(await node.open("/news"))];
  await a.subscribe();
  await b.subscribe();
  node.pages.refresh(page);
  news = "two";
  node.pages.refresh(page);
  node.pages.refresh(counter);
  await expect.poll(() => [a.patches, b.patches]).toEqual([[[0, ["p", "two"]]], [[0, ["p", "two"]]]]);
});

it("passes its guard again for each action and push, and ends where it refuses", async () => {
  let isOpen = true;
  const guarded = live("/guarded", {
    state: z.object({ count: z.number().default(0) }),
    guard() {
      if (!isOpen) throw new RealtimeError("UNAUTHORIZED");
    },
    actions: { increment: { run: ({ state }) => void (state.count += 1) } },
    render: ({ state }) => html`<output id="count">${state.count}</output>`,
  });
  const node = await liveNode([guarded]);
  const client = node.connect(await node.open("/guarded"));
  await client.subscribe();
  isOpen = false;
  expect(await client.act("increment")).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
  node.pages.refresh(guarded);
  await expect.poll(() => client.left).toEqual(["UNAUTHORIZED"]);
  expect(client.patches).toEqual([]);
});

it("continues with the rights that a user has now", async () => {
  const page = live("/roles", {
    state: z.object({}),
    scope: "authenticated",
    render: ({ user }) => html`<p id="p">${user?.roles.join()}</p>`,
  });
  const node = await liveNode([page]);
  const client = node.connect(await node.open("/roles", "mia"), "mia");
  await client.subscribe();
  node.roles.set("mia", ["staff"]);
  await node.realtime.reauthenticate({ userId: "mia" });
  await expect.poll(() => client.patches).toEqual([[0, ["p", "staff"]]]);
});

it("reports a missing guard to the developer", async () => {
  const pages = createLivePages({
    pages: [counter],
    secrets: ["x".repeat(32)],
    authenticator: { authenticate: () => null },
  });
  const failures: unknown[] = [];
  const realtime = createRealtime({
    authenticator: { authenticate: () => null },
    observers: [
      { kinds: ["refused"], observe: (fact) => void (fact.kind === "refused" && failures.push(fact.error.cause)) },
    ],
  });
  pages.bind(realtime.registry);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const client = server.connect({ onFrame: () => undefined });
  client.send({ type: "subscribe", id: "1", channel: "live-counter.x", ask: { token: "x" } });
  await expect
    .poll(() => failures)
    .toEqual([expect.objectContaining({ message: expect.stringMatching(/pages\.guard/) })]);
  await realtime.close({ drainMs: 1 });
});

it("prolongs pages that are only looked at", async () => {
  const clock = new FakeClock();
  const node = await liveNode([counter], { clock, ttlMs: 60_000 });
  const page = await node.open("/counter");
  const client = node.connect(page);
  await client.subscribe();
  for (let quarter = 0; quarter < 3; quarter += 1) clock.advance(15_000);
  await expect.poll(() => client.patches).toEqual([[0, { k: expect.stringMatching(/^v1\./) }]]);
  const { k } = client.patches[0]?.[1] as { readonly k: string };
  clock.advance(20_000); // the first token has expired by now
  const [late, later] = [node.connect(page), node.connect(page)];
  expect(await late.subscribe()).toEqual({ v: [0, { f: null }] });
  expect(await later.subscribe(k)).toEqual({ v: [0] });
});

it("prolongs nothing more once the pages are unbound, and continues where they are bound elsewhere", () => {
  const clock = new FakeClock();
  const authenticator = { authenticate: () => null };
  const secrets = ["a secret of tests, longer than 32 bytes"];
  const pages = createLivePages({ pages: [counter], secrets, authenticator, clock });
  const unbind = pages.bind(createRealtime({ authenticator, guards: [pages.guard] }).registry);
  pages.bind(createRealtime({ authenticator, guards: [pages.guard] }).registry);
  expect(clock.waiting).toBe(2);
  unbind();
  clock.advance(3_600_000);
  expect(clock.waiting).toBe(1);
  pages.close();
  expect(clock.waiting).toBe(0);
});
