import { expect, test, type Mode } from "../test";
import type { Page } from "@playwright/test";

async function search(page: Page, text: string, mode: Mode): Promise<void> {
  await page.getByRole("searchbox").fill(text);
  if (mode === "forms") await page.getByRole("button", { name: "Search" }).click();
}

test("finds while the user types, and reports when there is nothing", async ({ open, mode }) => {
  const page = await open("/search");
  await search(page, "korea", mode);
  await expect(page.locator("#found")).toHaveText("1 capital found.");
  await expect(page.locator("#results li")).toHaveText([/Seoul/]);
  await search(page, "xyz", mode);
  await expect(page.locator("#found")).toHaveText("Nothing found for “xyz”.");
  await expect(page.locator("#results li")).toHaveCount(0);
  await expect(page.locator(".results .empty")).toHaveText("Try “korea”, “san” or “oceania”.");
  await expect(page.getByRole("searchbox")).toHaveValue("xyz");
});

test("waits for a pause between keys", async ({ open, mode }) => {
  test.skip(mode === "forms", "no script");
  const page = await open("/search");
  const text = "trinidad and tobago";
  await page.getByRole("searchbox").pressSequentially(text);
  await expect(page.getByRole("searchbox")).toHaveAttribute("value", text); // as the server has it
  expect(await page.locator("#wire code").count()).toBeLessThan(text.length / 2);
});

test("keeps the element of a row that stays", async ({ open, mode }) => {
  test.skip(mode === "forms", "each search is a page of its own");
  const page = await open("/search");
  await search(page, "san", mode);
  const row = page.locator("#results li", { hasText: "San Salvador" });
  await expect(row.locator("mark")).toHaveText("San");
  const element = await row.elementHandle();
  await search(page, "san s", mode);
  await expect(page.locator("#results li")).toHaveCount(1);
  expect(await row.evaluate((after, before) => after === before, element)).toBe(true);
});

test("shows the results of the last text, however late an earlier reply is", async ({ page, open, mode }) => {
  test.skip(mode !== "ajax", "the replies of a connection come in order");
  const waiting: (() => void)[] = [];
  await page.route("**/search?*", async (route) => {
    if (route.request().method() === "POST" && waiting.length === 0)
      await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  await open("/search");
  await page.getByRole("searchbox").fill("peru");
  await expect.poll(() => waiting.length).toBe(1);
  await expect(page.locator("[data-live]")).toHaveAttribute("aria-busy", "true");
  await page.getByRole("searchbox").fill("japan");
  await page.getByRole("searchbox").press("End");
  waiting[0]?.();
  await expect(page.locator("#results li")).toHaveText([/Tokyo/]);
  await expect(page.getByRole("searchbox")).toHaveValue("japan");
  await expect(page.locator("[data-live]")).not.toHaveAttribute("aria-busy");
  await expect(page.locator("#results li")).toHaveText([/Tokyo/]);
});
