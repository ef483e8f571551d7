import { RealtimeError } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { html, InMemoryStateStore, live } from "../index.js";
import { action, board, counter, entriesOf, opened, serve } from "./served-pages.js";

it("renders a page with what its forms need without JavaScript", async () => {
  const { call } = await serve([counter], { scripts: ["/start.js"] });
  const response = await call("/counter");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const text = await response.text();
  expect(text).toMatch(/<title[^>]*>Counter 0<\/title>/);
  expect(text).toContain('<script type="module" src="/start.js"></script>');
  expect(text).toMatch(/<div id="l[\w-]{6}" data-live="\/counter"/); // every automatic id begins with it
  expect(text).toMatch(/<form method="post"[^>]*><input type="hidden" name="live-token" value="v1\.[^"]+">/);
  expect(text).toContain('<input type="hidden" name="live-action" value="increment">');
});

it("replies to an action with what it changes, and with the next token", async () => {
  const { call } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const first = await entriesOf(call("/counter", action({ k: token, r: 1, i: "e1", a: "increment" })));
  expect(first).toEqual([1, ["count", "1"], { k: expect.stringMatching(/^v1\./) }, { n: "Counter 1" }]);
  const second = await entriesOf(call("/counter", action({ k: first[2].k, r: 2, i: "e2", a: "add", v: { by: "2" } })));
  expect(second.slice(0, 2)).toEqual([2, ["count", "3"]]);
});

it("sends no token where it is the one that the client has", async () => {
  const { call } = await serve([counter], { store: new InMemoryStateStore() });
  const { token } = await opened(call, "/counter");
  const increment = (format: object) => {
    const { headers, ...init } = action({ k: token, r: 1, i: crypto.randomUUID(), a: "increment" });
    return call("/counter", { ...init, headers: { ...headers, ...format } });
  };
  expect(await entriesOf(increment({}))).toEqual([1, ["count", "1"], { n: "Counter 1" }]);
  const partials = await increment({ "live-format": "htmx-4" });
  expect([partials.status, partials.headers.has("live-token")]).toEqual([200, false]);
  expect(await partials.text()).toContain("2");
});

it("opens the page anew for a token that is none of this page and visitor", async () => {
  const { call } = await serve([counter, board]);
  for (const token of ["", "v1.x.y.z", "x".repeat(100_000), (await opened(call, "/counter")).token.slice(0, -1)]) {
    const [ref, fresh] = await entriesOf(call("/counter", action({ k: token, r: 3, i: "e", a: "increment" })));
    expect(ref).toBe(3);
    expect(fresh.f).toMatch(/^<div id="l[^"]+" data-live="\/counter"/);
    expect(fresh.f).toContain('<output id="count">0</output>');
  }
});

it("shows all of the content where a client shows something else than the token's digest", async () => {
  let news = "one";
  const page = live("/news", {
    state: z.object({}),
    load: () => news,
    render: ({ data }) => html`<p id="p">${data}</p>`,
  });
  const { call } = await serve([page]);
  const { token, root } = await opened(call, "/news");
  news = "two";
  const reply = await entriesOf(call("/news", action({ k: token, r: 1, i: "e", a: null })));
  expect(reply.slice(0, 2)).toEqual([1, ["c", root, '<p id="p">two</p>']]);
});

it("finds a page whose parameters fit, for users who may open it", async () => {
  const { call } = await serve([counter, board]);
  const headers = { authorization: "Bearer mia" };
  expect(await (await call("/boards/7", { headers })).text()).toContain("Board 7 of mia");
  expect((await call("/boards/seven", { headers })).status).toBe(404);
  expect((await call("/boards/7")).status).toBe(401);
  expect((await call("/nowhere")).status).toBe(404);
  expect((await call("/boards/%E0%A4%A", { headers })).status).toBe(404);
});

it("leads to another page", async () => {
  const { call, origin } = await serve([counter]);
  const { token } = await opened(call, "/counter");
  const reply = await entriesOf(call("/counter", action({ k: token, r: 1, i: "e", a: "leave" })));
  expect(reply.at(-1)).toEqual({ go: "/elsewhere" });
  const body = new URLSearchParams({ "live-token": token, "live-action": "leave" });
  const posted = await call("/counter", { method: "POST", body, headers: { origin } });
  expect([posted.status, posted.headers.get("location")]).toEqual([303, "/elsewhere"]);
});

it.each([
  [
    "htmx-4",
    { "hx-request": "true", "hx-request-type": "partial" },
    /^<hx-partial hx-target="\[data-live=&quot;\/counter&quot;\]" hx-swap="outerHTML"><div id="l/,
  ],
  ["oob", { "live-format": "oob" }, /^<div hx-swap-oob="outerHTML:\[data-live=&quot;\/counter&quot;\]" id="l/],
  [
    "turbo",
    { accept: "text/vnd.turbo-stream.html" },
    /^<turbo-stream action="replace" targets="\[data-live=&quot;\/counter&quot;\]"><template><div id="l/,
  ],
  [
    "datastar",
    { "datastar-request": "true" },
    /data: selector \[data-live="\/counter"\]\ndata: mode replace\ndata: elements <div id="l/,
  ],
])("opens the page anew in the format of %s", async (_format, headers, expected) => {
  const { call } = await serve([counter]);
  const body = new URLSearchParams({ "live-token": "old", "live-action": "increment" });
  const response = await call("/counter", { method: "POST", body, headers: headers as Record<string, string> });
  expect(await response.text()).toMatch(expected);
  expect(response.headers.get("live-token")).toMatch(/^v1\./);
});

it("lets a token of one URL open nothing at another URL of its page, though the visitor may have both", async () => {
  const acted: unknown[] = [];
  const page = live("/rooms/:room", {
    state: z.object({}),
    actions: { act: { run: ({ params }) => void acted.push(params.room) } },
    render: ({ params }) => html`<p>${params.room}</p>`,
  });
  const { call } = await serve([page]);
  const { token } = await opened(call, "/rooms/a");
  const [, entry] = await entriesOf(call("/rooms/b", action({ k: token, r: 1, i: "e", a: "act" })));
  expect(entry.f).toMatch(/>b</);
  expect(acted).toEqual([]);
});

it("loads nothing for a user who may not see the page, also with a token of an earlier right", async () => {
  let isMember = true;
  let loads = 0;
  const page = live("/club", {
    state: z.object({}),
    guard() {
      if (!isMember) throw new RealtimeError("UNAUTHORIZED");
    },
    load: () => void (loads += 1),
    render: () => html`<p>secret</p>`,
  });
  const { call } = await serve([page]);
  const { token } = await opened(call, "/club");
  isMember = false;
  loads = 0;
  expect((await call("/club")).status).toBe(403);
  expect((await call("/club", action({ k: token, r: 1, i: "e", a: null }))).status).toBe(403);
  expect(loads).toBe(0);
});
