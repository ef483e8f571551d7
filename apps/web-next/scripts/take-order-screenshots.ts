import type { BrowserContextOptions, Page } from "@playwright/test";
import { inStudio } from "./studio";

// Takes the pictures of the orders. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 860 } };
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 780 } };

await inStudio(async ({ visit, take }) => {
  const mia = await open(await visit("mia", { ...WIDE, colorScheme: "light" }));
  const sam = await open(await visit("sam", { ...WIDE, colorScheme: "dark" }));
  const phone = await open(await visit("sam", { ...NARROW, colorScheme: "light" }));
  await sam.getByRole("button", { name: "commit", exact: true }).click();
  for (const page of [mia, sam, phone]) await page.getByTestId("arrivals").getByRole("listitem").nth(2).waitFor();
  await take(mia, "orders-light");
  await take(sam, "orders-dark");
  await take(phone, "orders-narrow", { fullPage: true });
  await sam.goto("/orders/webhooks");
  await sam.getByRole("switch").click();
  await sam.getByRole("switch", { name: "Replies 503" }).waitFor();
  await open(sam);
  await sam.getByRole("button", { name: "commit", exact: true }).click();
  await sam.goto("/orders/webhooks");
  await sam.locator("[data-state=dead]").first().waitFor();
  await take(sam, "orders-webhooks");
  await phone.goto("/orders/webhooks");
  await phone.locator("[data-state=dead]").first().waitFor();
  await take(phone, "orders-webhooks-narrow");
  await open(sam);
  await sam.getByRole("switch").click();
  await mia.locator("[data-testid=orders-status][data-state=closed]").waitFor();
  await take(mia, "orders-closed");
});

async function open(page: Page): Promise<Page> {
  await page.goto("/orders");
  await page.locator("[data-testid=orders-status][data-state=live]").waitFor();
  return page;
}
