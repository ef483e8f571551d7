import { expect, it } from "vitest";
import { z } from "zod";
import { html, InMemoryStateStore, live } from "../index.js";
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

it("opens with nothing where the client shows the page, and sends what actions change", async () => {
  const node = await liveNode([counter]);
  const client = node.connect(await node.open("/counter"));
  expect(await client.subscribe()).toEqual({ v: [0] });
  expect(await client.act("increment")).toMatchObject({ ok: true });
  expect(await client.act("increment")).toMatchObject({ ok: true });
  const k = expect.stringMatching(/^v1\./);
  expect(client.patches).toEqual([
    [1, ["count", "1"], { k }],
    [2, ["count", "2"], { k }],
  ]);
  expect(node.pages.openPages).toBe(1);
  client.disconnect();
  await expect.poll(() => node.pages.openPages).toBe(0);
});

it("continues where another process has stopped, by the token alone", async () => {
  const first = await liveNode([counter]);
  const page = await first.open("/counter");
  const client = first.connect(page);
  await client.subscribe();
  await client.act("increment");
  const { k } = client.patches[0]?.at(-1) as { readonly k: string };
  const second = await liveNode([counter]);
  const again = second.connect(page);
  expect(await again.subscribe(k)).toEqual({ v: [0] });
  await again.act("increment");
  expect(again.patches[0]?.[1]).toEqual(["count", "2"]);
});

it("sends all of the content where the client shows something older", async () => {
  let news = "one";
  const page = live("/news", {
    state: z.object({}),
    load: () => news,
    render: ({ data }) => html`<p id="p">${data}</p>`,
  });
  const node = await liveNode([page]);
  const opened = await node.open("/news");
  news = "two";
  const client = node.connect(opened);
  const { v } = (await client.subscribe()) as { readonly v: readonly unknown[] };
  expect(v.at(-1)).toEqual(["c", opened.root, expect.anything()]);
  news = "three";
  await client.act(null); // the client requests all of it
  expect(JSON.stringify(client.patches)).toContain("three");
});

it("lets a token of another user, of another page or of an anonymous visitor open nothing", async () => {
  const other = live("/other", { state: z.object({}), render: () => html`<p>other</p>` });
  const node = await liveNode([counter, other]);
  const own = await node.open("/counter", "mia");
  expect(await node.connect(own, "sam").subscribe()).toEqual({ v: [0, { f: null }] });
  expect(await node.connect(own).subscribe()).toEqual({ v: [0, { f: null }] });
  expect(await node.connect(own, "mia").subscribe((await node.open("/other", "mia")).token)).toEqual({
    v: [0, { f: null }],
  });
  expect(await node.connect(own, "mia").subscribe((await node.open("/counter", "mia")).token)).toEqual({
    v: [0, { f: null }],
  }); // another instance
  expect(await node.connect(own, "mia").subscribe("x")).toEqual({ v: [0, { f: null }] });
  expect(node.pages.openPages).toBe(0);
});

it("refuses actions of a client that has not opened the page, unknown ones, and reports what throws", async () => {
  const node = await liveNode([counter]);
  const client = node.connect(await node.open("/counter"));
  expect(await client.act("increment")).toMatchObject({ ok: false, error: { code: "NOT_SUBSCRIBED" } });
  await client.subscribe();
  expect(await client.act("constructor")).toMatchObject({ ok: false, error: { code: "PAYLOAD_INVALID" } });
  expect(await client.act("fail")).toMatchObject({ ok: false, error: { code: "HANDLER_FAILED" } });
  expect(await client.act("increment")).toMatchObject({ ok: true });
  expect(client.patches.map(([, patch]) => patch)).toEqual([["count", "1"]]);
});

it("runs an event once, over whatever and however often it is sent, where a store has the state", async () => {
  const node = await liveNode([counter], { store: new InMemoryStateStore() });
  const page = await node.open("/counter");
  const client = node.connect(page);
  await client.subscribe();
  await client.act("increment", undefined, "e1");
  await client.act("increment", undefined, "e1");
  const body = JSON.stringify({ k: page.token, r: 9, i: "e1", a: "increment" });
  const headers = { "content-type": "application/json", accept: "application/vnd.fourgate.live+json" };
  await node.pages.fetch(new Request("http://test/counter", { method: "POST", body, headers }));
  expect((await node.connect(page).subscribe()) as object).toEqual({ v: [0] });
  const { v } = (await node.connect(await node.open("/counter")).subscribe()) as { readonly v: unknown };
  expect(v).toEqual([0]);
  expect(client.patches).toEqual([[expect.any(Number), ["count", "1"]], [expect.any(Number)]]);
});

it("runs an action again on the newest state where another connection was faster", async () => {
  const gates: (() => void)[] = [];
  const slow = live("/slow", {
    state: z.object({ count: z.number().default(0) }),
    actions: {
      increment: {
        async run({ state }) {
          state.count += 1;
          await new Promise<void>((resolve) => gates.push(resolve));
        },
      },
    },
    render: ({ state }) => html`<output id="count">${state.count}</output>`,
  });
  const node = await liveNode([slow], { store: new InMemoryStateStore() });
  const page = await node.open("/slow");
  const [one, two] = [node.connect(page), node.connect(page)];
  await one.subscribe();
  await two.subscribe();
  const acts = [one.act("increment", undefined, "a"), two.act("increment", undefined, "b")];
  await expect.poll(() => gates.length).toBe(2);
  gates.forEach((open) => open());
  await expect.poll(() => gates.length).toBe(3); // the slower one again
  gates.at(-1)?.();
  await Promise.all(acts);
  const shown = [one, two].flatMap(({ patches }) => patches.map(([, patch]) => JSON.stringify(patch)));
  expect(shown.toSorted()).toEqual(['["count","1"]', '["count","2"]']);
});
