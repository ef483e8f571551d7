import type { Page } from "@playwright/test";
import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";
import type { WireReply } from "../wire.js";

const COUNTER = `<output id="n">0</output><button id="add" data-live-click="add">+</button>`;
const OPTIMISTIC = `<output id="n">0</output><ul id="l"></ul><p id="p" class="x">p</p><i id="gone">i</i>
  <button id="add" data-live-click="add" data-live-value-title="<b>" data-live-optimistic='[["#","n",1],["+","l","<li>{title}</li>"],[".","p","on"],["@","p",{"title":"t"}],["gone"]]'>+</button>
  <button id="other" data-live-click="other">other</button>`;

let site: FakeSite;
let isFailing = false; // requests that fail are reported by the browser itself
beforeEach(async () => {
  isFailing = false;
  site = await openSite();
});
afterEach(async () => {
  await site.close();
  if (!isFailing) expect(site.problems).toEqual([]);
});

const failures = (page: Page) => page.evaluate("failures");

/** Replies that wait until the test releases them, by the number of the action. */
function held(): Map<number, (reply: WireReply) => void> {
  const waiting = new Map<number, (reply: WireReply) => void>();
  site.reply = ({ r }) => new Promise((resolve) => waiting.set(r, resolve));
  return waiting;
}

it("sends one action at a time, each with the token of the reply before", async () => {
  const waiting = held();
  const page = await site.visit(COUNTER);
  for (let clicks = 0; clicks < 3; clicks += 1) await page.click("#add");
  for (const r of [1, 2, 3]) {
    await expect.poll(() => waiting.has(r)).toBe(true);
    expect(site.actions.length).toBe(r);
    waiting.get(r)?.([r, ["n", `${r}`], { k: `t${r}` }]);
  }
  await expect.poll(() => page.textContent("#n")).toBe("3");
  expect(site.actions.map(({ k }) => k)).toEqual(["t0", "t1", "t2"]);
  expect(new Set(site.actions.map(({ i }) => i)).size).toBe(3);
});

it("requests fresh content where a target is missing, once", async () => {
  site.reply = ({ r, a }) =>
    a ? [r, ["missing", "x"], ["n", "1"]] : [r, ["c", "l1", COUNTER.replace("0", "fresh")], { k: "t9" }];
  const page = await site.visit(COUNTER);
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("fresh");
  site.reply = ({ r }) => [r, ["missing", "x"]];
  await page.click("#add");
  await expect.poll(() => failures(page)).toEqual([{ code: "PATCH_FAILED", message: "Error: No element #missing." }]);
  expect(site.actions.map(({ a }) => a)).toEqual(["add", null, "add", null]);
});

it("ignores entries of unknown kinds", async () => {
  site.reply = ({ r }) => [r, ["?", "n", "x"], { zz: 1 } as never, ["n", "1"]];
  const page = await site.visit(COUNTER);
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("1");
  expect(site.actions.length).toBe(1);
});

it("shows that an action waits, and disables its button: a double click is one run", async () => {
  const waiting = held();
  const page = await site.visit(
    `<form data-live-submit="save" data-live-disable data-live-loading="busy"><input id="in" name="a"><button>save</button></form>`,
  );
  await page.focus("#in");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.evaluate(() => document.querySelector("form")?.requestSubmit());
  await expect.poll(() => waiting.has(1)).toBe(true);
  expect(await page.innerHTML("#l1")).toBe(
    '<form data-live-submit="save" data-live-disable="" data-live-loading="busy" class="busy"><input id="in" name="a"><button disabled="">save</button></form>',
  );
  expect(await page.getAttribute("#l1", "aria-busy")).toBe("true");
  waiting.get(1)?.([1]);
  await expect.poll(() => page.getAttribute("#l1", "aria-busy")).toBeNull();
  expect(await page.innerHTML("#l1")).toBe(
    '<form data-live-submit="save" data-live-disable="" data-live-loading="busy"><input id="in" name="a"><button>save</button></form>',
  );
  expect(site.actions.length).toBe(1);
});

it("shows the expected result at once, keeps it on top of other patches, and replaces it by the server's", async () => {
  const waiting = held();
  const page = await site.visit(OPTIMISTIC);
  await page.click("#other");
  await page.click("#add");
  await page.click("#add");
  const expected = async () => [
    await page.textContent("#n"),
    await page.innerHTML("#l"),
    await page.getAttribute("#p", "class"),
    await page.locator("#gone").count(),
  ];
  const twice = "<li>&lt;b&gt;</li><li>&lt;b&gt;</li>";
  expect(await expected()).toEqual(["2", twice, "x", 0]); // a class toggled twice
  await expect.poll(() => waiting.has(1)).toBe(true);
  waiting.get(1)?.([1, ["n", "10"], ["+", "l", "<li>server</li>"], ["p", "other"]]);
  await expect.poll(expected).toEqual(["12", `<li>server</li>${twice}`, "x", 0]);
  await expect.poll(() => waiting.has(2)).toBe(true);
  waiting.get(2)?.([2, ["n", "11"], ["gone"]]);
  await expect.poll(expected).toEqual(["12", "<li>server</li><li>&lt;b&gt;</li>", "x on", 0]);
  await expect.poll(() => waiting.has(3)).toBe(true);
  waiting.get(3)?.([3, ["n", "12"]]);
  await expect.poll(expected).toEqual(["12", "<li>server</li>", "x", 0]);
});

it("takes the expected result back where the server refuses, and reports why", async () => {
  isFailing = true;
  site.reply = ({ r }) => [r, { e: { code: "FORBIDDEN", message: "no" } }];
  const page = await site.visit(OPTIMISTIC);
  const before = await page.innerHTML("#l1");
  await page.click("#add");
  await expect.poll(() => failures(page)).toEqual([{ code: "FORBIDDEN", message: "no" }]);
  expect(await page.innerHTML("#l1")).toBe(before);
  site.reply = () => ({ status: 500 });
  await page.click("#add");
  await expect.poll(() => failures(page)).toMatchObject([{}, { code: "HTTP_500" }]);
  expect(await page.innerHTML("#l1")).toBe(before);
});

it("takes it back where no reply comes in time, and requests fresh content", async () => {
  isFailing = true;
  const page = await quick(OPTIMISTIC, { timeoutMs: 200 });
  site.reply = ({ r, a }) => (a ? new Promise(() => undefined) : [r, ["n", "fresh"]]);
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("fresh");
  expect(await failures(page)).toMatchObject([{ code: "TIMEOUT" }]);
  expect(await page.innerHTML("#l")).toBe("");
});

it("keeps actions while the server cannot be reached, and sends each once, under its identifier", async () => {
  isFailing = true;
  const page = await site.visit(COUNTER);
  await page.context().setOffline(true);
  for (let clicks = 0; clicks < 3; clicks += 1) await page.click("#add");
  site.reply = ({ r }) => (r === 1 && site.actions.length === 1 ? { status: 503 } : [r, ["n", `${r}`]]);
  await page.context().setOffline(false);
  await expect.poll(() => page.textContent("#n")).toBe("3");
  expect(site.actions.map(({ r }) => r)).toEqual([1, 1, 2, 3]); // once more after the 503
  expect(site.actions[0]?.i).toBe(site.actions[1]?.i);
  expect(await failures(page)).toEqual([]);
});

it("refuses more than 100 waiting actions", async () => {
  isFailing = true;
  const page = await site.visit(COUNTER);
  await page.context().setOffline(true);
  await page.evaluate(() => {
    for (let clicks = 0; clicks < 101; clicks += 1) (document.querySelector("#add") as HTMLElement).click();
  });
  expect(await failures(page)).toMatchObject([{ code: "QUEUE_FULL" }]);
  expect(await page.getAttribute("#l1", "data-live-error")).toBe("QUEUE_FULL");
});

it("requests fresh content when the page comes back from the browser's cache", async () => {
  site.reply = ({ r }) => [r, ["n", "fresh"]];
  const page = await site.visit(COUNTER);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect.poll(() => page.textContent("#n")).toBe("fresh");
  expect(site.actions).toMatchObject([{ a: null }]);
});

it("replaces the address, and follows the server's redirect, but not to a script", async () => {
  site.reply = ({ r }) => [r, { u: "/?page=2" }, { go: "javascript:document.title='bad'" }, ["n", "1"]];
  const page = await site.visit(COUNTER);
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("1");
  expect(page.url()).toBe(`${site.url}?page=2`);
  site.reply = ({ r }) => [r, { go: "/there" }];
  await page.click("#add");
  await page.waitForURL("**/there");
});

/** A visit with options of the client. */
async function quick(content: string, options: object): Promise<Page> {
  await site.close();
  site = await openSite({ options });
  return site.visit(content);
}
