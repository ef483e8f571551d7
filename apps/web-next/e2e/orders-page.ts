import type { Page } from "@playwright/test";
import { expect } from "./test";

/** Opens `/orders`, and waits until what it shows is live. */
export async function openOrders(page: Page): Promise<Page> {
  await page.goto("/orders");
  await expectLive(page);
  return page;
}

export async function expectLive(page: Page): Promise<void> {
  await expect(page.getByTestId("orders-status")).toHaveAttribute("data-state", "live", { timeout: 60_000 });
}

/** The rows of the table. */
export function rowsOf(page: Page) {
  return page.getByTestId("orders").locator("tbody tr");
}

/** The list of what has arrived. */
export function arrivalsOf(page: Page) {
  return page.getByTestId("arrivals").getByRole("listitem");
}

/** The staff's form: sets the status of an order, or of several, in one transaction. */
export async function runSql(page: Page, ...[target, status, end]: readonly [string, string, "commit" | "rollback"]) {
  await page.getByLabel("Rows", { exact: true }).selectOption({ label: target });
  await page.getByLabel("New status", { exact: true }).selectOption(status);
  await page.getByRole("button", { name: end, exact: true }).click();
}
