import { expect, it } from "vitest";
import { z } from "zod";
import { html, InMemoryStateStore, live } from "../index.js";
import { action, entriesOf, opened, serve } from "./served-pages.js";

const note = live("/notes/:name", {
  state: z.object({ text: z.string().default("") }),
  mount: ({ query }) => ({ text: query["text"] ?? "" }),
  bind: ["text"],
  actions: {
    append: { input: z.object({ text: z.string() }), run: ({ state, input }) => void (state.text += input.text) },
  },
  render: ({ state }) => html`<p id="p">${state.text.length}</p>`,
});

it.each([
  ["its token", { length: 2_000 }, {}],
  ["a record of its store", { length: 150_000 }, { store: new InMemoryStateStore() }],
])(
  "refuses an action that leaves a state too large for %s, and keeps the one before",
  async (_what, { length }, store) => {
    const { call, errors } = await serve([note], store);
    let { token } = await opened(call, "/notes/a");
    const act = async (i: string, a: string, v: object) => {
      const entries = await entriesOf(call("/notes/a", action({ k: token, r: 1, i, a, v })));
      token = (entries.at(-1) as { readonly k?: string }).k ?? token;
      return entries[1] as unknown;
    };
    const text = "x".repeat(length);
    const refused = { e: expect.objectContaining({ code: "PAYLOAD_INVALID", retry: "never" }) as unknown };
    expect(await act("e1", "append", { text })).toEqual(["p", `${length}`]);
    expect(await act("e2", "append", { text })).toEqual(refused);
    if (length < 10_000) expect(await act("e3", "$bind", { field: "text", value: "x".repeat(5_000) })).toEqual(refused); // none that fits into a request is too large for a record
    expect(await act("e4", "append", { text: "." })).toEqual(["p", `${length + 1}`]);
    expect(errors).toEqual([]);
  },
);

it("refuses a URL with more than a token can carry", async () => {
  const { call, errors } = await serve([note]);
  expect((await call(`/notes/a?text=${"x".repeat(5_000)}`)).status).toBe(400);
  expect(errors).toEqual([]);
});

it("reports a page whose first state is too large by itself", async () => {
  const page = live("/large", {
    state: z.object({ text: z.string().default("x".repeat(5_000)) }),
    render: () => html`<p>large</p>`,
  });
  const { call, errors } = await serve([page]);
  expect((await call("/large")).status).toBe(500);
  expect(errors).toEqual([expect.objectContaining({ name: "TypeError" })]);
});
