import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { findCapitals, splitAt } from "../data/capitals.js";
import { searchPage } from "./search.page.js";

it("shows what was found, with the text marked in it", async () => {
  const page = await mountLive(searchPage);
  await page.act("search", { query: "bogo" });
  expect(page.html()).toContain("1 capital found.");
  expect(page.html()).toMatch(/<mark[^>]*>Bogo<\/mark>tá/);
});

it("reports that there is nothing, without a row", async () => {
  const page = await mountLive(searchPage);
  await page.act("search", { query: "<b>" });
  expect(page.html()).toContain("Nothing found for “&lt;b&gt;”.");
  expect(page.html()).not.toContain("<li");
});

it("refuses a text that is too long", async () => {
  const page = await mountLive(searchPage);
  await expect(page.act("search", { query: "x".repeat(81) })).rejects.toThrow(/PAYLOAD_INVALID|payload/i);
});

it("finds without accents, and marks with them", () => {
  expect(findCapitals("reykjavik").map(({ city }) => city)).toEqual(["Reykjavík"]);
  expect(splitAt("Yaoundé", "de")).toEqual(["Yaoun", "dé", ""]);
  expect(splitAt("Lima", "x")).toEqual(["Lima", "", ""]);
});
