import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "./testing/browser.js";
import { openSite, type FakeSite } from "./testing/fake-site.js";

const SCRIPT = `import Alpine from "alpinejs";
import { startLive } from "./src/index.ts";
import { connectAlpine } from "./src/alpine.ts";
const live = startLive();
connectAlpine(Alpine, live);
Alpine.start();
window.live = live;`;
const POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self'"; // Alpine evaluates its attributes

const BOX = `<div id="box" x-data="{ open: false, rows: ['a', 'b'] }" title="old"><button id="toggle" @click="open = !open; rows.push('c')">toggle</button>
  <p id="p" x-show="open" :class="open && 'on'">text</p><b id="b" x-text="rows.length"></b>
  <template x-for="row in rows"><i x-text="row"></i></template><template x-if="open"><em>if</em></template><span id="s">old</span>
  <button id="run" @click="$live('run', { by: rows.length })">run</button></div>`;

let site: FakeSite;
beforeEach(async () => void (site = await openSite({ script: SCRIPT, policy: POLICY })));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("keeps Alpine's state and what it has rendered through a morph, and initialises what arrives", async () => {
  const page = await site.visit(BOX);
  await page.click("#toggle");
  site.reply = ({ r }) => [
    r,
    ["c", "l1", `${BOX.replaceAll("old", "new")}<u id="u" x-data="{ n: 7 }" x-text="n"></u>`],
  ];
  await page.click("#run");
  await expect.poll(() => page.textContent("#s")).toBe("new");
  await expect.poll(() => page.textContent("#u")).toBe("7");
  const state = () =>
    page.evaluate(() => [
      document.querySelector("#box")?.getAttribute("title"),
      document.querySelector("#p")?.checkVisibility(),
      document.querySelector("#p")?.className,
      document.querySelector("#b")?.textContent,
      [...document.querySelectorAll("i, em")].map(({ textContent }) => textContent).join(""),
    ]);
  expect(await state()).toEqual(["new", true, "on", "3", "abcif"]);
  await page.click("#toggle");
  await expect.poll(state).toEqual(["new", false, "", "4", "abcc"]);
  expect(site.actions).toMatchObject([{ a: "run", v: { by: 3 } }]);
});
