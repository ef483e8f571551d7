import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { apiEntries } from "./api-reference.mjs";
import { llmsFullText, llmsIndex } from "./llms-text.mjs";
import { linkedPages } from "./stage-pages.mjs";

const pages = linkedPages(); // throws where a document is in no section, or a link leads nowhere

it("has each page once, under a route of its own", () => {
  expect(new Set(pages.map(({ route }) => route)).size).toBe(pages.length);
  expect(pages.length).toBeGreaterThan(80);
});

it("describes each page in a sentence", () => {
  expect(pages.filter(({ description }) => description.length < 5).map(({ source }) => source)).toEqual([]);
});

it("lists every page in llms.txt, and the guides in llms-full.txt", () => {
  const index = llmsIndex(pages);
  expect(pages.filter(({ route }) => !index.includes(`(/${route})`))).toEqual([]);
  expect(llmsFullText(pages)).toContain("# A first channel in ten minutes");
});

it("has a page of the API for each entry that users import", () => {
  expect(apiEntries().map(({ name }) => name)).toEqual(
    expect.arrayContaining(["fourgate", "fourgate/server", "fourgate/client/auto"]),
  );
  expect(apiEntries().filter(({ source }) => !existsSync(source))).toEqual([]);
});
