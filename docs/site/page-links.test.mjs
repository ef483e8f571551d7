import { expect, it } from "vitest";
import { linkPage } from "./page-links.mjs";
import { anchorsOf, descriptionOf } from "./page-text.mjs";
import { root } from "./read-pages.mjs";

const page = (source, route, text) => ({ source, route, text, anchors: anchorsOf(text) });

/** The linked text of a guide, and what leads nowhere. */
function linked(text) {
  const guide = page("docs/guides/a.md", "guides/a.md", text);
  const other = page("packages/ping/README.md", "packages/ping.md", "# Ping\n\n## What it does not do\n");
  const problems = [];
  return { text: linkPage(guide, { pages: [guide, other], root, problems }), problems };
}

it("leads a link between two folders to the page of the site, with its anchor", () => {
  expect(linked("See [`ping`](../../packages/ping/README.md#what-it-does-not-do).")).toEqual({
    text: "See [`ping`](../packages/ping.md#what-it-does-not-do).",
    problems: [],
  });
});

it("keeps the name of a source that is no page", () => {
  expect(linked("[the lint](../../eslint.config.js)")).toEqual({ text: "the lint", problems: [] });
});

it.each(["../../packages/ping/README.md#nothing", "nobody.md", "#nowhere"])("reports a link to %s", (target) => {
  expect(linked(`[x](${target})`).problems).toEqual([`docs/guides/a.md: the link to ${target} leads nowhere`]);
});

it("changes no code", () => {
  const text = "```md\n[x](nobody.md)\n```\n\n`[x](nobody.md)`";
  expect(linked(text)).toEqual({ text, problems: [] });
});

it("numbers equal headings as GitHub does", () => {
  expect([...anchorsOf("# `./testing`\n\n## Again\n\n## Again\n")]).toEqual(["testing", "again", "again-1"]);
});

it("describes a page by its first sentence", () => {
  expect(descriptionOf("# A\n\n<!-- x -->\n\nThe [first](b.md) `one`. The second.\n")).toBe("The first one.");
});
