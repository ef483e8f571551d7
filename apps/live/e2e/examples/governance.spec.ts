import type { Page } from "@playwright/test";
import { sendTwice } from "../send-twice";
import { expect, test } from "../test";

/** Fills in all steps, up to the review. */
async function fillIn(page: Page, title: string): Promise<void> {
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Area").selectOption("rules");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Why").fill("Because it has been postponed for years.");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Design").check();
  await page.getByLabel("Finance").check();
  await page.getByLabel("Two thirds").check();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.locator("#step")).toHaveText("Step 4 of 4: Review");
}

test("keeps what was entered in both directions", async ({ open }) => {
  const page = await open("/governance");
  await fillIn(page, "Meetings end after 25 minutes");
  await expect(page.locator(".review dd")).toHaveText([
    "Meetings end after 25 minutes",
    "rules",
    "Because it has been postponed for years.",
    "Design, Finance",
    "Two thirds",
  ]);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Finance")).toBeChecked();
  await expect(page.getByLabel("Two thirds")).toBeChecked();
  await page.getByLabel("Finance").uncheck();
  await page.getByLabel("Support").check();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("Why")).toHaveValue("Because it has been postponed for years.");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByLabel("Support")).toBeChecked();
  await expect(page.getByLabel("Finance")).not.toBeChecked();
});

test("does not go on without what a step demands", async ({ open }) => {
  const page = await open("/governance");
  await page.getByLabel("Title").fill("No");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.locator("#proposal-issue")).toHaveText("A title has at least 5 letters.");
  await expect(page.getByLabel("Title")).toHaveValue("No");
  await expect(page.locator("#step")).toContainText("Step 1");
});

test("submits once for a double click", async ({ open, openElsewhere, mode }) => {
  const title = `A rule over ${mode}`;
  const page = await open("/governance");
  await fillIn(page, title);
  await page.getByRole("button", { name: "Submit" }).dblclick();
  await expect(page.getByRole("heading", { level: 2 })).toContainText("is submitted");
  const dashboard = await openElsewhere("/dashboard", "forms");
  await expect(dashboard.locator("#ledger li", { hasText: title })).toHaveCount(1);
});

test("submits once for a form that is sent twice", async ({ page, open, openElsewhere, mode }) => {
  test.skip(mode !== "forms", "the others disable the button");
  await open("/governance");
  await fillIn(page, "A rule that is sent twice");
  await sendTwice(page, "submit");
  const dashboard = await openElsewhere("/dashboard");
  await expect(dashboard.locator("#ledger li", { hasText: "A rule that is sent twice" })).toHaveCount(1);
});
