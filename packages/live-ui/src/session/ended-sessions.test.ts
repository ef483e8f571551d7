import { RealtimeError } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { html, live } from "../index.js";
import { liveNode } from "./live-node-under-test.js";

const state = z.object({ count: z.number().default(0) });

it("keeps nothing of a client that has left while the page was loaded", async () => {
  const loads: (() => void)[] = [];
  let connections = 0;
  let isSlow = false;
  const slow = live("/slow", {
    state,
    load: () => (isSlow ? new Promise<void>((resolve) => loads.push(resolve)) : undefined),
    connected: () => void (connections += 1),
    render: () => html`<p>slow</p>`,
  });
  const node = await liveNode([slow]);
  const page = await node.open("/slow");
  isSlow = true;
  const client = node.connect(page);
  void client.subscribe().catch(() => undefined);
  await expect.poll(() => loads.length).toBe(1);
  client.disconnect();
  await expect.poll(() => node.realtime.connections().length).toBe(0);
  loads[0]?.();
  isSlow = false;
  const other = node.connect(page);
  await other.subscribe();
  await expect.poll(() => node.pages.openPages).toBe(1);
  expect(connections).toBe(1);
});

it("ends a page that cannot be loaded again, so that no client continues to show what is no longer true", async () => {
  let isBroken = false;
  const page = live("/news", {
    state,
    guard() {
      if (isBroken) throw new Error("the database is down");
    },
    render: () => html`<p>news</p>`,
  });
  const node = await liveNode([page]);
  const client = node.connect(await node.open("/news"));
  await client.subscribe();
  isBroken = true;
  node.pages.refresh(page);
  await expect.poll(() => client.left).toEqual(["INTERNAL_ERROR"]);
  expect(node.errors).toEqual([expect.objectContaining({ message: "the database is down" })]);
});

it("ends a page whose connection becomes another user's: its state is the earlier one's", async () => {
  const page = live("/own", {
    state,
    scope: "authenticated",
    render: ({ user }) => html`<p id="p">${user?.userId}</p>`,
  });
  const node = await liveNode([page]);
  const client = node.connect(await node.open("/own", "mia"), "mia");
  await client.subscribe();
  await client.becomes("sam");
  await expect.poll(() => client.left).toEqual(["REVOKED"]);
  expect(JSON.stringify(client.patches)).not.toContain("sam");
});

it("refuses an action that waits where the page ends, so that the client sends it again", async () => {
  let isOpen = true;
  const paid: unknown[] = [];
  const page = live("/pay", {
    state,
    guard() {
      if (!isOpen) throw new RealtimeError("UNAUTHORIZED");
    },
    actions: { pay: { run: () => void paid.push(1) } },
    render: () => html`<p>pay</p>`,
  });
  const node = await liveNode([page]);
  const client = node.connect(await node.open("/pay"));
  await client.subscribe();
  isOpen = false;
  node.pages.refresh(page);
  expect(await client.act("pay")).toMatchObject({ ok: false });
  expect(paid).toEqual([]);
});

it("reports a change by `update` that does not fit, as the author's mistake", async () => {
  let update: (change: (state: { count: number }) => void) => void = () => undefined;
  const page = live("/wrong", {
    state,
    connected(context) {
      update = context.update;
      return undefined;
    },
    render: ({ state: { count } }) => html`<p>${count}</p>`,
  });
  const node = await liveNode([page]);
  const client = node.connect(await node.open("/wrong"));
  await client.subscribe();
  update((draft) => Object.assign(draft, { count: "none" }));
  await expect
    .poll(() => node.errors)
    .toEqual([expect.objectContaining({ message: expect.stringMatching(/does not fit/) })]);
});
