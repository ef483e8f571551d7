import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";

const CONTENT = `<output id="n">5</output><input id="t" name="t" value=""><button id="add" data-live-click="add">+</button>`;
const FRESH = `<div id="l2" data-live="/page" data-live-token="fresh"><output id="n">0</output><input id="t" name="t" value=""><button id="add" data-live-click="add">+</button></div>`;

let site: FakeSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("becomes the page that the server opened anew, keeps what was typed, and reports that the action did not run", async () => {
  site.reply = ({ r, k }) => (k === "fresh" ? [r, ["n", "1"]] : [r, { f: FRESH }]);
  const page = await site.visit(CONTENT);
  await page.fill("#t", "typed");
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("0");
  expect(await page.inputValue("#t")).toBe("typed");
  expect(await page.evaluate("failures")).toEqual([expect.objectContaining({ code: "PAGE_EXPIRED" })]);
  expect(await page.getAttribute("#l2", "data-live-token")).toBe("fresh");
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("1");
  expect(site.actions.map(({ k, a }) => [k, a])).toEqual([
    ["t0", "add"],
    ["fresh", "add"],
  ]);
});

it("takes the elements along whose ids begin with the root's, and sends again what was typed into bound fields", async () => {
  const content = (root: string, token: string) =>
    `<div id="${root}" data-live="/" data-live-token="${token}"><p id="${root}-0">${token}</p><input id="${root}-1" data-live-bind="name" data-live-debounce="0"></div>`;
  site.reply = ({ r, a, k }) => {
    if (k === "t0") return a === null ? [r, { f: content("l2", "fresh") }] : [r];
    return [r];
  };
  const page = await site.visit(content("l1", "t0").replace(/^<div[^>]*>|<.div>$/g, ""));
  await page.fill("#l1-1", "mia");
  await expect.poll(() => site.actions.length).toBe(1);
  const field = await page.$("#l1-1");
  await page.evaluate("live.refresh()");
  await expect.poll(() => page.textContent("#l2-0")).toBe("fresh");
  expect(
    await field?.evaluate((element) => [element.isConnected, element.id, (element as HTMLInputElement).value]),
  ).toEqual([true, "l2-1", "mia"]);
  await expect
    .poll(() => site.actions.at(-1))
    .toMatchObject({ k: "fresh", a: "$bind", v: { field: "name", value: "mia" } });
});
