import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";
import { FORM, patchForm, shownValues, typedForm } from "../testing/form-page.js";

let site: FakeSite;
beforeEach(async () => void (site = await openSite()));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("keeps a choice where the server inserts, moves and deletes options, until a reply has seen it", async () => {
  const page = await typedForm(site);
  await patchForm(site, page, [
    ["<", "o1", '<option id="o0" selected>0</option>'],
    ["@", "o1", { selected: null }],
    ["note", "second"],
  ]);
  expect(await shownValues(page)).toMatchObject({ select: "2" });
  await patchForm(site, page, [
    ["+", "select", '<option id="o4">4</option>'],
    [">", "o2", null],
    ["o1"],
    ["note", "third"],
  ]);
  expect(await shownValues(page)).toMatchObject({ select: "2" });
  site.reply = ({ r }) => [r, ["+", "select", '<option id="o5" selected>5</option>'], ["o0"], ["note", "fourth"]];
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("fourth");
  expect(await shownValues(page)).toMatchObject({ select: "5" });
});

it("shows the last of the options that the server has selected, whatever it moves", async () => {
  const page = await site.visit(FORM.replace('id="o3"', 'id="o3" selected'));
  await patchForm(site, page, [
    [">", "o1", null],
    ["note", "second"],
  ]);
  expect(await shownValues(page)).toMatchObject({ select: "1" });
});

it("keeps a choice that a reply has seen where a morph replaces the server's option by another of the same value", async () => {
  const page = await typedForm(site);
  site.reply = ({ r }) => [r, ["note", "second"]];
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("second");
  await patchForm(site, page, [["c", "l1", FORM.replace("first", "third").replace('id="o1"', 'id="o9"')]]);
  expect(await shownValues(page)).toMatchObject({ select: "2" });
});
