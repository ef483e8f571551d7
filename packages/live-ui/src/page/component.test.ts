import { expect, it } from "vitest";
import { z } from "zod";
import { component, defineComponent, each, html, live } from "../index.js";
import { mountLive } from "../testing/mount-live.js";

const log: string[] = [];

const note = defineComponent("note", {
  state: z.object({ text: z.string().default(""), isOpen: z.boolean().default(false) }),
  initialState: ({ props }: { readonly props: { readonly title: string } }) => ({ text: `about ${props.title}` }),
  bind: ["text"],
  actions: {
    toggle: { run: ({ state }) => void (state.isOpen = !state.isOpen) },
    rename: { input: z.object({ text: z.string() }), run: ({ state, input }) => void (state.text = input.text) },
  },
  connected({ params }) {
    log.push(`+${params.title}`);
    return () => void log.push(`-${params.title}`);
  },
  render: ({ params, state }) =>
    html`<p>${params.title}: ${state.text} ${state.isOpen ? html`<em>open</em>` : "closed"}</p>`,
});

const notes = live("/notes", {
  state: z.object({ titles: z.array(z.string()).default(["a", "b"]) }),
  actions: {
    remove: {
      input: z.object({ title: z.string() }),
      run: ({ state, input }) => void (state.titles = state.titles.filter((title) => title !== input.title)),
    },
  },
  render: ({ state }) =>
    html`<ul>
      ${each(
        state.titles,
        (title) => title,
        (title) => html`<li>${component(note, { title }, title)}</li>`,
      )}
    </ul>`,
});

it("has a state and actions of its own for each key", async () => {
  const page = await mountLive(notes);
  expect(page.html()).toMatch(/a: about a\s+closed/);
  await page.act("toggle", undefined, "note:b");
  expect(page.html()).toMatch(/a: about a\s+closed/);
  expect(page.html()).toMatch(/b: about b\s+<em[^>]*>open<\/em>/);
  await page.act("rename", { text: "new" }, "note:a");
  expect(page.html()).toMatch(/a: new\s+closed/);
  await page.act("$bind", { field: "text", value: "bound" }, "note:a");
  expect(page.html()).toMatch(/a: bound/);
  expect(page.html()).toContain('data-live-component="note:a"');
});

it("connects when it is first shown, and is undone when it is gone, with its state", async () => {
  log.length = 0;
  const page = await mountLive(notes);
  expect(log).toEqual(["+a", "+b"]);
  await page.act("toggle", undefined, "note:a");
  await page.act("remove", { title: "a" });
  expect(log).toEqual(["+a", "+b", "-a"]);
  await expect(page.act("toggle", undefined, "note:a")).rejects.toThrow(/no such component/);
  page.unmount();
  expect(log).toEqual(["+a", "+b", "-a", "-b"]);
});

it("keeps its state in the page's token", async () => {
  const page = await mountLive(notes);
  const before = page.token;
  await page.act("toggle", undefined, "note:b");
  expect(page.token).not.toBe(before);
});

it.each([
  [
    "two of one key",
    () => html`${component(note, { title: "x" }, 1)}${component(note, { title: "y" }, 1)}`,
    /"note:1"/,
  ],
  ["a key with a slash", () => html`${component(note, { title: "x" }, "a/b")}`, /without "\/"/],
])("refuses %s", async (_what, render, sentence) => {
  const page = live("/wrong", { state: z.object({}), render });
  await expect(mountLive(page)).rejects.toThrow(sentence);
});

it("refuses names that no component and no action can have", () => {
  const description = { state: z.object({}), render: () => html`` };
  expect(() => defineComponent("a b", description)).toThrow(/a name has letters/);
  expect(() => defineComponent("a", { ...description, actions: { "a b": { run: () => undefined } } })).toThrow(
    TypeError,
  );
  expect(() => live("/x", { ...description, actions: { "": { run: () => undefined } } })).toThrow(/action's name/);
});

it("nests in another component, by its path", async () => {
  const outer = defineComponent("outer", {
    state: z.object({}),
    render: ({ params }: { readonly params: { readonly title: string } }) =>
      html`<section>${component(note, { title: params.title }, "n")}</section>`,
  });
  const page = await mountLive(
    live("/nested", {
      state: z.object({}),
      render: () => html`<div>${component(outer, { title: "deep" }, "o")}</div>`,
    }),
  );
  await page.act("toggle", undefined, "outer:o/note:n");
  expect(page.html()).toMatch(/deep: about deep\s+<em/);
});
