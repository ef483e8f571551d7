import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "./testing/browser.js";
import { openSite, type FakeSite } from "./testing/fake-site.js";

let site: FakeSite;
beforeEach(async () => void (site = await openSite()));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]); // neither errors nor violations of the policy
});

it("sends a click with its values, and applies the reply, under a strict policy", async () => {
  site.reply = ({ r, v }) => [r, ["count", `${(v as { by: string }).by} more`], { k: "t1", n: "After" }];
  const page = await site.visit(
    `<output id="count">0</output><button data-live-click="add" data-live-value-by="2">+</button>`,
  );
  await page.click("button");
  await expect.poll(() => page.textContent("#count")).toBe("2 more");
  await expect.poll(() => page.title()).toBe("After");
  expect(site.actions).toMatchObject([{ k: "t0", a: "add", v: { by: "2" }, r: 1 }]);
  await page.click("button");
  await expect.poll(() => site.actions[1]).toMatchObject({ k: "t1", r: 2 });
});

it("delays actions by the latency that is simulated", async () => {
  await site.close();
  site = await openSite({ options: { latencyMs: 25_000, timeoutMs: 600_000 } });
  const page = await site.visit(`<button data-live-click="go">go</button>`);
  await page.clock.install();
  await page.click("button");
  await page.clock.runFor(5_000); // the clock goes on by itself meanwhile
  expect(site.actions).toEqual([]);
  await page.clock.runFor(20_000);
  await expect.poll(() => site.actions.length).toBe(1);
});

it("requests fresh content after a minute in the background, not before", async () => {
  const page = await site.visit("");
  await page.clock.install();
  const turn = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);
  for (const ms of [59_000, 61_000]) {
    await turn(true);
    await page.clock.runFor(ms);
    await turn(false);
  }
  await page.evaluate("live.act(document.querySelector('#l1'), 'last')");
  expect(site.actions.map(({ a }) => a)).toEqual([null, "last"]);
});

it("lets htmx process what a patch has brought", async () => {
  site.reply = ({ r }) => [r, ["+", "l1", "<p>new</p>"]];
  const page = await site.visit(`<button data-live-click="go">go</button>`);
  await page.evaluate(() =>
    Object.assign(window, { htmx: { process: (element: Element) => (document.title = element.innerHTML) } }),
  );
  await page.click("button");
  await expect.poll(() => page.title()).toContain("<p>new</p>");
});

it("resolves what runs an action with its failure, and refuses an element outside of pages", async () => {
  site.reply = ({ r }) => [r, { e: { code: "FULL", message: "full" } }];
  const page = await site.visit("");
  expect(await page.evaluate("live.act(document.querySelector('#l1'), 'add', { by: 1 })")).toEqual({
    code: "FULL",
    message: "full",
  });
  expect(await page.evaluate("live.act(document.body, 'add').catch(String)")).toContain("No [data-live] root.");
  const gone = page.evaluate(() => {
    const root = document.querySelector("#l1");
    const done = Reflect.get(window, "live").act(root, "add");
    root?.remove();
    return done;
  });
  expect(await gone).toMatchObject({ code: "STOPPED" });
});

it("appends, morphs and removes", async () => {
  site.reply = ({ r }) => [r, ["+", "list", '<li id="c">c</li>'], ["m", "a", '<li id="a" class="new">A</li>'], ["b"]];
  const page = await site.visit(
    `<ul id="list"><li id="a">a</li><li id="b">b</li></ul><button data-live-click="go">go</button>`,
  );
  await page.click("button");
  await expect.poll(() => page.innerHTML("#list")).toBe('<li id="a" class="new">A</li><li id="c">c</li>');
});
