import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";

const COUNTER = `<output id="n">0</output><button id="add" data-live-click="add">+</button>`;

let site: FakeSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

it("shows the code of a failure on the root, until an action succeeds", async () => {
  let fails = true;
  site.reply = ({ r, a }) => {
    if (a === null) return [r, ["n", "fresh"]];
    return fails ? [r, { e: { code: "FORBIDDEN", message: "no" } }] : [r, ["n", "1"]];
  };
  const page = await site.visit(COUNTER);
  const shown = () => page.getAttribute("#l1", "data-live-error");
  expect(await shown()).toBeNull();
  await page.click("#add");
  await expect.poll(shown).toBe("FORBIDDEN");
  await page.evaluate("live.refresh()"); // succeeds, and belongs to no action
  await expect.poll(() => page.textContent("#n")).toBe("fresh");
  expect(await shown()).toBe("FORBIDDEN");
  fails = false;
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("1");
  expect(await shown()).toBeNull();
  site.reply = () => ({ status: 500 });
  await page.click("#add");
  await expect.poll(shown).toBe("HTTP_500");
});
