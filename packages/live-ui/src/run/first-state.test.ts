import { expect, it } from "vitest";
import { z } from "zod";
import { action, entriesOf, opened, serve } from "../http/served-pages.js";
import { html, live } from "../index.js";
import { mountLive } from "../testing/mount-live.js";

it("begins with what `mount` makes of the params and the user, and with the schema's defaults", async () => {
  const page = live("/widgets/:widgetId", {
    state: z.object({ widgetId: z.string(), author: z.string(), body: z.string().default("") }),
    mount: ({ params, user }) => ({ widgetId: params.widgetId, author: user?.userId ?? "none" }),
    render: ({ state }) => html`<p>${state.author} on ${state.widgetId}: “${state.body}”</p>`,
  });
  const mounted = await mountLive(page, { params: { widgetId: "7" }, user: { userId: "mia", roles: [] } });
  expect(mounted.html()).toContain("mia on 7: “”");
});

const before = live("/counter", {
  state: z.object({ count: z.number().default(3) }),
  render: ({ state }) => html`<output id="n">${state.count}</output>`,
});
const after = z.object({ total: z.number() });

it("continues with the state of an earlier schema as `migrate` reads it", async () => {
  const { token } = await opened((await serve([before])).call, "/counter");
  const page = live("/counter", {
    state: after,
    mount: () => ({ total: 0 }),
    migrate: (state) => ({ total: z.object({ count: z.number() }).parse(state).count }),
    actions: { add: { run: ({ state }) => void (state.total += 1) } },
    render: ({ state }) => html`<output id="n">${state.total}</output>`,
  });
  const { call } = await serve([page]);
  expect((await entriesOf(call("/counter", action({ k: token, r: 1, i: "e", a: "add" }))))[1]).toEqual(["n", "4"]);
});

it("opens the page anew where the new schema cannot read the state", async () => {
  const { token } = await opened((await serve([before])).call, "/counter");
  const page = live("/counter", {
    state: after,
    mount: () => ({ total: 0 }),
    render: ({ state }) => html`<output id="n">${state.total}</output>`,
  });
  const { call } = await serve([page]);
  const [, entry] = await entriesOf(call("/counter", action({ k: token, r: 1, i: "e", a: null })));
  expect(entry.f).toContain(">0</output>");
});
