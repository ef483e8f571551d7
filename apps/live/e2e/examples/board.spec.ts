import type { Page } from "@playwright/test";
import { expect, test } from "../test";

/** The titles of a column, from the top. */
function titles(page: Page, column: "new" | "accepted" | "declined") {
  return page.locator(`#column-${column} .item-title`);
}

test("moves a card by its arrows", async ({ open }) => {
  const page = await open("/board");
  const card = "Background music";
  await page.getByRole("button", { name: `Move ${card} left` }).click();
  await expect(titles(page, "accepted").last()).toHaveText(card);
  await page.getByRole("button", { name: `Move ${card} up` }).click();
  await expect(titles(page, "accepted").nth(-2)).toHaveText(card);
  await page.getByRole("button", { name: `Move ${card} right` }).click();
  await expect(titles(page, "declined").last()).toHaveText(card);
});

test("keeps the focus on the arrow that was pressed", async ({ open, mode }) => {
  test.skip(mode === "forms", "a page is loaded for each action");
  const page = await open("/board");
  const left = page.getByRole("button", { name: "Move Background music left" });
  await left.focus();
  await page.keyboard.press("Enter");
  await expect(titles(page, "accepted").last()).toHaveText("Background music");
  await expect(left).toBeFocused();
  await page.getByRole("button", { name: "Move Background music right" }).press("Enter");
  await expect(titles(page, "declined").last()).toHaveText("Background music");
});

test("moves a card by dragging", async ({ open, mode }) => {
  test.skip(mode === "forms", "no script");
  const page = await open("/board");
  await page.locator("#card-c2").dragTo(page.locator("#column-accepted"), { targetPosition: { x: 20, y: 3 } });
  await expect(titles(page, "accepted").first()).toHaveText("Dark mode for printed reports");
  await page.locator("#card-c2").dragTo(page.locator("#card-c1"), { targetPosition: { x: 20, y: 2 } });
  await expect(titles(page, "new").first()).toHaveText("Dark mode for printed reports");
});

test("changes a title, and refuses an empty one", async ({ open, mode }) => {
  const page = await open("/board");
  const title = `Weekly digest over ${mode}`;
  await page.locator("#edit-c6").click();
  await page.locator("input#edit-c6").fill(" ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#issue-c6")).toHaveText("A card needs a title.");
  await page.locator("input#edit-c6").fill(title);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#shown-c6")).toHaveText(title);
  await page.locator("#edit-c6").click();
  await page.locator("input#edit-c6").fill("something else");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("#shown-c6")).toHaveText(title);
});

test("keeps what is being typed while another user moves the card", async ({ open, openElsewhere, mode }) => {
  test.skip(mode === "forms" || mode === "ajax", "without a connection nothing is pushed");
  const page = await open("/board");
  const other = await openElsewhere("/board");
  await page.locator("#edit-c5").click();
  const field = page.locator("input#edit-c5");
  await expect(field).toBeFocused();
  await field.fill("Shortcuts");
  await other.locator("#left-c5").click();
  await expect(page.locator("#column-new input#edit-c5")).toHaveValue("Shortcuts");
  await expect(field).toBeFocused();
  await page.keyboard.type(" for all");
  await page.keyboard.press("Enter");
  await expect(other.locator("#shown-c5")).toHaveText("Shortcuts for all");
  await expect(page.locator("button#edit-c5")).toBeFocused();
  await other.locator("#right-c5").click();
  await expect(page.locator("#column-accepted #shown-c5")).toHaveText("Shortcuts for all");
});
