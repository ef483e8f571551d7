import { mkdir } from "node:fs/promises";
import { chromium, type Page } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { ServerProcess } from "../e2e/server-process";

// Takes pictures of every example: wide in light and dark, and as narrow as phones get. Run it when the look changes, and look at them.
const FOLDER = "test-results/screenshots";
const SIZES = [
  { name: "light", colorScheme: "light", viewport: { width: 1120, height: 800 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1120, height: 800 } },
  { name: "narrow", colorScheme: "light", viewport: { width: 360, height: 740 }, hasTouch: true },
] as const;

type Steps = (page: Page) => Promise<unknown>;

/** What is done before the picture is taken. */
const EXAMPLES: Readonly<Record<string, Steps>> = {
  "/": async () => undefined,
  "/counter": async (page) => {
    for (let click = 1; click <= 3; click += 1) {
      await page.getByRole("button", { name: "One more" }).click();
      await page.locator("#count", { hasText: `${click}` }).waitFor();
    }
    await page.locator("#wire summary").click();
  },
  "/search": async (page) => {
    await page.getByRole("searchbox").fill("san");
    await page.locator("#found", { hasText: "capitals found." }).waitFor();
  },
  "/sign-up": async (page) => {
    await page.getByLabel("Name").fill("M");
    await page.getByLabel("E-mail").fill("sam@example.com");
    await page.getByLabel("Password").click();
    await page.locator("#email-issue", { hasText: "There is an account" }).waitFor();
  },
  "/annotations/revenue": async (page) => {
    for (const text of ["Why is March so low?", "Show last year beside it.", "The axis begins at 40."]) {
      await page.getByLabel("Annotation").fill(text);
      await page.getByRole("button", { name: "Post" }).click();
      await page.locator("#preview", { hasText: "Nothing written yet." }).waitFor(); // the field is empty again
    }
    await page.getByLabel("Kind").selectOption("idea");
    await page.getByLabel("Annotation").fill("A line for the plan would help.");
    await page.locator("#preview", { hasText: "A line" }).waitFor();
  },
  "/board": async (page) => {
    await page.getByRole("button", { name: /^Edit/ }).first().click();
    await page.getByRole("textbox").waitFor();
  },
  "/poll": async (page) => {
    for (const meal of ["Tacos", "Ramen"]) await page.getByRole("button", { name: meal }).click();
    await page.locator("[aria-pressed=true]", { hasText: "Ramen" }).waitFor();
  },
  "/governance": async (page) => {
    await page.getByLabel("Title").fill("Four-day week in summer");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("Why").fill("Fewer meetings, and the office is hot in July and August.");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("Design").check();
  },
  "/dashboard": async (page) => {
    await page.locator("#beats", { hasText: /[2-9]/ }).waitFor();
  },
};

await mkdir(FOLDER, { recursive: true });
const server = await ServerProcess.start();
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
for (const { name, ...size } of SIZES) {
  const context = await browser.newContext({ baseURL: server.url, ...size });
  for (const [path, steps] of Object.entries(EXAMPLES)) {
    const page = await context.newPage();
    await page.goto(path);
    await page.locator("#transport", { hasText: "WebSocket" }).waitFor();
    await steps(page);
    const file = `${path.split("/")[1] || "index"}-${name}.png`;
    await page.screenshot({ path: `${FOLDER}/${file}`, fullPage: true, animations: "disabled" });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    console.log(`${file}${width > size.viewport.width ? `: wider than the window (${width})` : ""}`);
    await page.close();
  }
  await context.close();
}
await browser.close();
await server.stop();
