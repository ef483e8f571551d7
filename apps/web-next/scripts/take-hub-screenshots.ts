import type { BrowserContextOptions, Page } from "@playwright/test";
import { inStudio } from "./studio";

// Takes the pictures of the hub. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 900 } };
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 780 } };

await inStudio(async ({ visit, take }) => {
  const mia = await open(await visit("mia", { ...WIDE, colorScheme: "light" }));
  const sam = await open(await visit("sam", { ...WIDE, colorScheme: "dark" }));
  const phone = await open(await visit("mia", { ...NARROW, colorScheme: "light" }));
  await sam.getByLabel("Widget", { exact: true }).selectOption("Yard map");
  await sam.getByLabel("Kind", { exact: true }).selectOption("defect");
  await sam.getByLabel("What is it?").fill("It forgets its zoom after each shift.");
  await sam.getByRole("button", { name: "Insert" }).click();
  for (const page of [mia, sam, phone]) await page.getByText("It forgets its zoom").first().waitFor();
  await sam.evaluate(() => scrollTo(0, 0));
  await take(mia, "hub-light");
  await take(sam, "hub-dark");
  await take(phone, "hub-narrow", { fullPage: true });
});

async function open(page: Page): Promise<Page> {
  await page.goto("/hub");
  await page.getByTestId("signals").waitFor();
  return page;
}
