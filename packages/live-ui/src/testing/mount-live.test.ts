import { expect, it } from "vitest";
import { z } from "zod";
import { html, live } from "../index.js";
import { mountLive } from "./mount-live.js";

const counter = live("/counter", {
  state: z.object({ count: z.number().default(0) }),
  actions: {
    increment: { run: ({ state }) => void (state.count += 1) },
    add: { input: z.object({ by: z.coerce.number() }), run: ({ state, input }) => void (state.count += input.by) },
  },
  render: ({ state }) =>
    html`<h1>Counter</h1>
      <output id="count">${state.count}</output>`,
});

it("changes what an action changes, and nothing else", async () => {
  const page = await mountLive(counter);
  expect(page.html()).toContain('<output id="count">0</output>');
  await page.act("increment");
  expect(page.operations()).toEqual([{ kind: "text", target: "count", text: "1" }]);
  await page.act("add", { by: "41" });
  expect(page.html()).toContain('<output id="count">42</output>');
});
