import type { Page } from "@playwright/test";
import { seededRandom } from "@repo/core-testing";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { launchChromium } from "./testing/chromium.js";
import { FormSite } from "./testing/form-site.js";
import { RandomUser, shownForm } from "./testing/random-user.js";

const ROUNDS = Number(process.env["LIVE_FORM_ROUNDS"] ?? 12);
const browser = await launchChromium();
const itInBrowser = browser ? it : it.skip;
afterAll(() => browser?.close());

let site: FormSite;
beforeEach(async () => void (site = await FormSite.open()));
afterEach(() => site.close());

itInBrowser.each([1, 2])(
  "loses no value of any control while patches arrive, connections are cut and the server is restarted (seed %i)",
  { timeout: 30_000 + ROUNDS * 20_000 },
  async (seed) => {
    const random = seededRandom(seed);
    const page = await openPage();
    const settled = () => expectText(page, "#tick", `${site.tick}`);
    const user = new RandomUser({ page, random, settled, changeByOther: (name, value) => site.change(name, value) });
    let saves = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const disturb = () => {
        if (random() < 0.2) site.push();
        if (random() < 0.1) user.disturb();
        if (random() < 0.05) site.cut();
      };
      for (let edits = Math.floor(random() * 4); edits >= 0; edits -= 1) {
        disturb();
        await user.edit(disturb);
      }
      if (random() < 0.5) {
        await user.save();
        saves += 1;
      }
      if (random() < 0.4) site.cut();
      if (random() < 0.2) await site.restart();
      site.push();
      await expectText(page, "#saves", `${saves}`);
      await expectText(page, "#bound-is", user.expected.bound);
      await settled();
      expect(await shownForm(page), `round ${round}`).toEqual(user.expected);
    }
    expect(await page.evaluate(() => window.failures)).toEqual([]);
    expect(site.errors).toEqual([]);
  },
);

itInBrowser("keeps text that an input method composes while patches arrive, and applies them at its end", async () => {
  const page = await openPage();
  const { send } = await inputMethod(page);
  await page.focus("#text");
  await send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  const before = await page.getAttribute("#text", "class");
  for (let tick = 0; tick < 3; tick += 1) site.push();
  await expectText(page, "#tick", `${site.tick}`);
  expect(await page.inputValue("#text")).toBe("にほ");
  expect(await page.getAttribute("#text", "class")).toBe(before);
  expect(await page.getAttribute("#area", "class")).toBe(`look-${site.tick % 5}`);
  await send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await send("Input.insertText", { text: "日本" });
  await expect.poll(() => page.getAttribute("#text", "class")).toBe(`look-${site.tick % 5}`);
  expect(await page.inputValue("#text")).toBe("日本");
});

async function openPage(): Promise<Page> {
  if (!browser) throw new TypeError("The test needs a browser.");
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => window.failures !== undefined);
  site.push();
  await expectText(page, "#tick", `${site.tick}`); // it has joined
  return page;
}

async function expectText(page: Page, selector: string, text: string): Promise<void> {
  await expect.poll(() => page.textContent(selector), { timeout: 60_000 }).toBe(text);
}

async function inputMethod(page: Page) {
  const session = await page.context().newCDPSession(page);
  return { send: session.send.bind(session) };
}
