import { fileURLToPath } from "node:url";
import { chromium, type BrowserContextOptions, type Page } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { ServerProcess } from "../e2e/server-process";
import { channelRow, expectConnected, sendNotification } from "../e2e/test";

// Takes the pictures of the documents from a server in production mode: build first. Run it when the look changes, and look at them.
const OUT = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 860 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

const server = await ServerProcess.start("production");
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });

async function visit(who: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator(`button[value=${who}]`).click();
  await expectConnected(page);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${OUT}${name}.png`, fullPage: true });
  console.log(`docs/screenshots/${name}.png`);
}

async function beRefused(page: Page, channel: string): Promise<void> {
  await channelRow(page, channel).getByRole("button").click();
  await channelRow(page, channel).getByText("UNAUTHORIZED").waitFor();
}

try {
  const mia = await visit("mia", { ...WIDE, colorScheme: "light" });
  const sam = await visit("sam", { ...WIDE, colorScheme: "dark" });
  const phone = await visit("mia", { ...NARROW, colorScheme: "light" });
  await sendNotification(sam, "Mia", "The parcel is here. Shall I bring it up?");
  await mia.getByTestId("inbox").getByText("Shall I bring it up?").waitFor();
  await sendNotification(mia, "Sam", "Yes please, third floor. The lift works again.");
  await sam.getByTestId("inbox").getByText("third floor").waitFor();
  for (const page of [sam, mia, phone, mia]) {
    await page.getByRole("button", { name: "Ping", exact: true }).click();
    await page.getByText(/^Answered in/).waitFor();
  }
  await beRefused(mia, "notifications.user.sam");
  await beRefused(phone, "notifications.staff");
  await sam.getByText("On the wire").click();
  await take(mia, "desk-light");
  await take(sam, "desk-dark");
  await take(phone, "desk-narrow");

  const visitor = await visit("anonymous", { ...NARROW, colorScheme: "dark" });
  await visitor.goto("/sign-in");
  await take(visitor, "sign-in-narrow-dark");
} finally {
  await browser.close();
  await server.stop();
}
