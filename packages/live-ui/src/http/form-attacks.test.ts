import { expect, it } from "vitest";
import { z } from "zod";
import { html, InMemoryStateStore, live, raw } from "../index.js";
import { action, entriesOf, opened, serve } from "./served-pages.js";

const notes = live("/notes/:id", {
  state: z.object({ text: z.string().default("") }),
  mount: ({ query }) => ({ text: query["text"] ?? "" }),
  actions: {
    write: { input: z.object({ text: z.string() }), run: ({ state, input }) => void (state.text = input.text) },
    search: { run: ({ replaceUrl }) => replaceUrl("?q=lämp") },
    leave: { run: ({ navigate }) => navigate("/tags/漢字") },
  },
  title: ({ state }) => state.text,
  render: ({ state }) => html`<p id="p">${state.text}</p>`,
});

async function post(site: Awaited<ReturnType<typeof serve>>, path: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  return site.call(path, { method: "POST", body, headers: { origin: site.origin } });
}

it("returns to the URL that the page had, with its query or with the one that the action shows", async () => {
  const site = await serve([notes]);
  const { token } = await opened(site.call, "/notes/1?tab=2");
  const kept = await post(site, "/notes/1?tab=2", { "live-token": token, "live-action": "write", text: "x" });
  expect(kept.headers.get("location")).toMatch(/^\/notes\/1\?tab=2&live=/);
  const shown = await post(site, "/notes/1?tab=2", { "live-token": token, "live-action": "search" });
  expect(shown.headers.get("location")).toMatch(/^\/notes\/1\?q=l%C3%A4mp&live=/);
  const left = await post(site, "/notes/1", { "live-token": token, "live-action": "leave" });
  expect([left.status, left.headers.get("location")]).toEqual([303, "/tags/%E6%BC%A2%E5%AD%97"]);
});

it("writes no attribute of a cookie that stands in a URL, and shows a tab its own page alone", async () => {
  const site = await serve([notes]);
  const path = "/notes/x;Domain=example.com";
  const { token } = await opened(site.call, path);
  const posted = await post(site, path, { "live-token": token, "live-action": "write", text: "mine" });
  expect(posted.headers.get("set-cookie")).toContain("Path=/notes/x%3BDomain=example.com;");
  const cookie = (posted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const other = await (await site.call(`${path}?live=another`, { headers: { cookie } })).text();
  expect(other).not.toContain("mine");
});

it("starts no event of its own in a stream, whatever line ends a text has", async () => {
  const site = await serve([notes]);
  const text = encodeURIComponent("x\r\revent: datastar-patch-signals\rdata: signals {a:1}\r\r");
  const body = new URLSearchParams({ "live-token": "old", "live-action": "write" });
  const response = await site.call(`/notes/1?text=${text}`, {
    method: "POST",
    body,
    headers: { "datastar-request": "true" },
  });
  const lines = (await response.text()).split(/\r\n?|\n/).filter((line) => line.startsWith("event:"));
  expect(lines).toEqual(["event: datastar-patch-elements"]);
});

it.each(["htmx-2", "turbo", "datastar", "oob"])(
  "replies in %s where a page has an id inside of itself",
  async (format) => {
    const page = live("/double", {
      state: z.object({ n: z.number().default(0) }),
      actions: { next: { run: ({ state }) => void (state.n += 1) } },
      render: ({ state }) =>
        html`<div id="note">
          <p id="p" class="c${state.n}"><b id="b">x</b></p>
          ${raw('<i id="note"><u id="p">u</u></i>')}
        </div>`,
    });
    const { call } = await serve([page]);
    const { token } = await opened(call, "/double");
    const body = new URLSearchParams({ "live-action": "next" });
    const response = await call("/double", {
      method: "POST",
      body,
      headers: { "live-token": token, "live-format": format },
    });
    expect(response.status).toBe(200);
  },
);

it("runs an action that runs once after an input that did not fit, and claims no text of any length", async () => {
  const bought: number[] = [];
  const page = live("/shop", {
    state: z.object({}),
    actions: {
      buy: {
        once: true,
        input: z.object({ n: z.coerce.number().min(1) }),
        run: ({ input }) => void bought.push(input.n),
      },
    },
    render: () => html`<p>shop</p>`,
  });
  const { call } = await serve([page], { claims: new InMemoryStateStore() });
  const { token } = await opened(call, "/shop");
  const buy = (i: string, n: number) => entriesOf(call("/shop", action({ k: token, r: 1, i, a: "buy", v: { n } })));
  expect((await buy("e1", 0))[1].e.code).toBe("PAYLOAD_INVALID");
  await buy("e2", 2);
  await buy("e3", 2); // of the same version
  expect(bought).toEqual([2]);
});
