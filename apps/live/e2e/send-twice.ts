import type { Page } from "@playwright/test";

/** Sends the page's first form as a browser without JavaScript does, twice at the same time, as two quick clicks may. */
export async function sendTwice(page: Page, action: string): Promise<void> {
  const fields: Record<string, string> = {};
  for (const field of await page.locator("form").first().locator("input, select, textarea").all())
    fields[(await field.getAttribute("name")) ?? ""] = await field.inputValue();
  const send = () =>
    page.request.post(page.url(), {
      form: { ...fields, "live-action": action },
      headers: { origin: new URL(page.url()).origin },
    });
  await Promise.all([send(), send()]);
}
