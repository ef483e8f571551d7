import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";
import { CHANGED, FORM, shownValues } from "../testing/form-page.js";

let site: FakeSite;
beforeEach(async () => void (site = await openSite()));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("applies nothing to a field while text is composed in it", async () => {
  const page = await site.visit(
    `<p id="note">first</p><input id="text" class="old" value="a"><button data-live-click="go">go</button>`,
  );
  await page.focus("#text");
  await page.dispatchEvent("#text", "compositionstart");
  site.reply = ({ r }) => [r, ["@", "text", { class: "new", value: "b" }], ["note", `${r}`]];
  await page.evaluate(() => (document.querySelector("button") as HTMLElement).click());
  await expect.poll(() => page.textContent("#note")).toBe("1");
  expect(await page.getAttribute("#text", "class")).toBe("old");
  site.reply = ({ r }) => [r, ["m", "text", '<input id="text" class="newer" value="c">'], ["note", `${r}`]];
  await page.evaluate(() => (document.querySelector("button") as HTMLElement).click());
  await expect.poll(() => page.textContent("#note")).toBe("2");
  expect(await page.getAttribute("#text", "class")).toBe("old");
  await page.dispatchEvent("#text", "compositionend");
  await expect.poll(() => page.getAttribute("#text", "class")).toBe("newer");
});

it("keeps what stands behind a field in which text is composed while their parent is morphed", async () => {
  const page = await site.visit(`${FORM}<p id="last">last</p>`);
  await page.focus("#text");
  await page.dispatchEvent("#text", "compositionstart");
  site.reply = ({ r }) => [r, ["c", "l1", `${CHANGED}<p id="last">new</p>`]];
  await page.evaluate(() => (document.querySelector("#go") as HTMLElement).click());
  await expect.poll(() => page.textContent("#note")).toBe("second");
  expect(await shownValues(page)).toMatchObject({ text: "a", number: "7", area: "server", select: "3" });
  expect(await page.textContent("#last")).toBe("new");
  await page.dispatchEvent("#text", "compositionend");
  await expect
    .poll(() => shownValues(page))
    .toMatchObject({ text: "server", number: "7", area: "server", select: "3" });
});
