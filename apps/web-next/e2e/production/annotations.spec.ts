import type { Page } from "@playwright/test";
import { expect, test } from "../test";

test("what one person writes appears on the page of another who may see the widget, and nowhere else", async ({
  visit,
}) => {
  const mia = await openThread(await visit("mia"), "3");
  const sam = await openThread(await visit("sam"), "3"); // public, of a hub that Sam is no member of
  const before = await countOf(sam, 3);
  await write(mia, "wish", "A wish for everybody.");
  for (const page of [mia, sam]) {
    await expect(rows(page).first()).toContainText("A wish for everybody.");
    await expect(page.getByTestId("widget 3")).toContainText(String(before + 1));
  }
  await expect(sam.getByTestId("widget 1")).toHaveCount(0); // private, of the same hub
  await openThread(sam, "1");
  await openThread(mia, "1");
  await write(mia, "defect", "Only for the hub.");
  await expect(rows(mia).first()).toContainText("Only for the hub.");
  await expect(sam.getByText("Nothing is written here yet")).toBeVisible();
});
async function openThread(page: Page, widget: string): Promise<Page> {
  await page.goto(`/annotations?widget=${widget}`);
  await expect(page.getByTestId("thread-status")).toHaveAttribute("data-state", "live");
  return page;
}

function rows(page: Page) {
  return page.getByTestId("annotation");
}

async function write(page: Page, category: string, text: string): Promise<void> {
  const form = page.getByRole("form", { name: "New annotation" });
  await form.getByLabel("Category").selectOption(category);
  await form.getByLabel("Text").fill(text);
  await form.getByRole("button", { name: "Add" }).click();
}

async function countOf(page: Page, widget: number): Promise<number> {
  return parseInt((await page.getByTestId(`widget ${widget}`).innerText()).match(/(\d+)/)?.[1] ?? "", 10);
}
