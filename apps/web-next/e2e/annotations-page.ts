import type { Page } from "@playwright/test";
import { expect } from "./test";

/** Opens the thread of a widget, and waits until it is live. */
export async function openThread(page: Page, widget: string): Promise<Page> {
  await page.goto(`/annotations?widget=${widget}`);
  await expect(status(page)).toHaveAttribute("data-state", "live", { timeout: 60_000 });
  return page;
}

export function status(page: Page) {
  return page.getByTestId("thread-status");
}

export function annotations(page: Page) {
  return page.getByTestId("annotation");
}

/** Fills the form above the thread, and sends it. */
export async function write(page: Page, category: string, text: string): Promise<void> {
  const form = page.getByRole("form", { name: "New annotation" });
  await form.getByLabel("Category").selectOption(category);
  await form.getByLabel("Text").fill(text);
  await form.getByRole("button", { name: "Add" }).click();
}
