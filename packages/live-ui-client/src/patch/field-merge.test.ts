import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";
import { CHANGED, FORM, patchForm, shownValues, TYPED, typedForm } from "../testing/form-page.js";
import type { WireEntry } from "../wire.js";

let site: FakeSite;
beforeEach(async () => void (site = await openSite()));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("keeps what is typed into every kind of control where the server's value is the same", async () => {
  const page = await typedForm(site);
  await patchForm(site, page, [["c", "l1", FORM.replace("first", "second")]]);
  expect(await shownValues(page)).toEqual(TYPED);
});

it("keeps it there also once a reply has seen the edit", async () => {
  const page = await typedForm(site);
  const styled = FORM.replace("first", "second").replace(/<(input|textarea|select|option|div) /g, '<$1 class="new" ');
  site.reply = ({ r }) => [r, ["c", "l1", styled]];
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("second");
  expect(await shownValues(page)).toEqual(TYPED);
});

it("keeps it also where the server's value is another, until a reply has seen the edit", async () => {
  const page = await typedForm(site);
  await patchForm(site, page, [["c", "l1", CHANGED]]);
  expect(await shownValues(page)).toEqual(TYPED);
});

it("shows the server's value where it is another and the reply has seen the edit", async () => {
  const page = await typedForm(site);
  site.reply = ({ r }) => [r, ["c", "l1", CHANGED]];
  await page.click("#save");
  await expect.poll(() => page.textContent("#note")).toBe("second");
  expect(await shownValues(page)).toEqual({
    text: "server",
    number: "7",
    area: "server",
    check: true,
    r: "3",
    select: "3",
    edit: "typed",
  });
  expect(site.actions[0]?.v).toEqual({ text: "typed", number: "42", area: "typed", check: "on", r: "2", select: "2" });
});

it("shows the server's value of controls that were not edited", async () => {
  const page = await site.visit(FORM);
  await patchForm(site, page, [["c", "l1", CHANGED]]);
  expect(await shownValues(page)).toEqual({
    text: "server",
    number: "7",
    area: "server",
    check: false,
    r: "3",
    select: "3",
    edit: "server",
  });
});

it("shows the radio button that the server chooses where a morph changes all of them", async () => {
  const page = await typedForm(site);
  site.reply = ({ r }) => [r, ["note", "second"]];
  await page.click("#save");
  const changed = CHANGED.replace('id="r2"', 'id="r2" class="new"').replace('id="r1"', 'id="r1" class="new"');
  const before = changed.replace('value="3" checked', 'value="3"').replace('value="1"', 'value="1" checked');
  await patchForm(site, page, [["c", "l1", before]]);
  expect(await shownValues(page)).toMatchObject({ r: "2" });
  await patchForm(site, page, [["c", "l1", changed.replaceAll("new", "newer")]]);
  expect(await shownValues(page)).toMatchObject({ r: "3" });
});

it("merges single attributes and texts by the same rule", async () => {
  const entries: WireEntry[] = [
    ["@", "text", { value: "server" }],
    ["area", "server"],
    ["@", "check", { checked: "" }],
    ["@", "o1", { selected: null }],
    ["@", "o3", { selected: "" }],
    ["edit", "server"],
    ["note", "second"],
  ];
  const page = await typedForm(site);
  await page.click("#check"); // unchecked again
  await patchForm(site, page, entries);
  expect(await shownValues(page)).toEqual({ ...TYPED, check: false });
  await page.reload();
  await page.waitForFunction("window.live");
  await patchForm(site, page, entries);
  expect(await shownValues(page)).toMatchObject({
    text: "server",
    area: "server",
    check: true,
    select: "3",
    edit: "server",
  });
});

it("keeps an edit that was made after the action was sent, and takes the reply to the next", async () => {
  const page = await site.visit(`<p id="note">first</p><input id="text" data-live-bind="text" data-live-debounce="0">`);
  let release = (): void => undefined;
  site.reply = async ({ r, v }) => {
    if (r === 1) await new Promise<void>((resolve) => (release = resolve));
    const { value } = v as { value: string };
    return [r, ["@", "text", { value: value.toUpperCase() }], ["note", `seen ${r}`]];
  };
  await page.locator("#text").pressSequentially("a");
  await expect.poll(() => site.actions.length).toBe(1);
  await page.locator("#text").pressSequentially("b");
  release();
  await expect.poll(() => page.textContent("#note")).toBe("seen 2");
  expect(site.actions.map(({ v }) => v)).toEqual([
    { field: "text", value: "a" },
    { field: "text", value: "ab" },
  ]);
  expect(await page.inputValue("#text")).toBe("AB");
});

it("keeps focus and caret while the server's value is shown in the focused field", async () => {
  const page = await site.visit(`<input id="text" data-live-bind="text">`);
  site.reply = ({ r }) => [r, ["@", "text", { value: "SERVER" }]];
  await page.locator("#text").pressSequentially("server");
  await page.locator("#text").evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 4));
  await expect.poll(() => page.inputValue("#text")).toBe("SERVER");
  const caret = await page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement;
    return [field.id, field.selectionStart, field.selectionEnd];
  });
  expect(caret).toEqual(["text", 2, 4]);
});

it.each([
  { was: "typed in before", type: "mine" },
  { was: "never typed in", type: "" },
])("keeps the whole of a field selected while a longer value of the server is shown ($was)", async ({ type }) => {
  const page = await site.visit(
    `<input id="text" data-live-bind="text" value="before"><b id="go" data-live-click="go"></b>`,
  );
  if (type) {
    await page.fill("#text", type);
    await expect.poll(() => site.actions.length).toBe(1);
  }
  await page.locator("#text").selectText();
  site.reply = ({ r }) => [r, ["@", "text", { value: "the server's" }]];
  await page.dispatchEvent("#go", "click");
  await expect.poll(() => page.inputValue("#text")).toBe("the server's");
  await page.keyboard.type("other");
  expect(await page.inputValue("#text")).toBe("other");
});

it.each([
  { how: "typed in before", content: `<input id="text" data-live-bind="text">`, type: "before", reply: {} },
  { how: "never typed in", content: `<input id="text" value="before">`, type: "", reply: {} },
  { how: "which the reply requires", content: `<input id="text" name="text">`, type: "before", reply: { d: ["text"] } },
])("keeps what is selected in the middle of a field $how", async ({ content, type, reply }) => {
  const page = await site.visit(`${content}<b id="go" data-live-click="go"></b>`);
  if (type) await page.fill("#text", type);
  await page.locator("#text").focus();
  await page.locator("#text").evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 4));
  site.reply = ({ r, a }) => (a === "go" ? [r, ["@", "text", { value: "the server's" }], reply] : [r]);
  await page.dispatchEvent("#go", "click");
  await expect.poll(() => page.inputValue("#text")).toBe("the server's");
  const selected = await page
    .locator("#text")
    .evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd]);
  expect(selected).toEqual([2, 4]);
});

it("leaves alone how the text is selected where the server's value is the one that is shown", async () => {
  const page = await site.visit(`<input id="text" data-live-bind="text"><b id="go" data-live-click="go"></b>`);
  await page.fill("#text", "same");
  await page.locator("#text").evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 4, "backward"));
  site.reply = ({ r }) => [r, ["@", "text", { value: "same" }], { n: "patched" }];
  await page.dispatchEvent("#go", "click");
  await expect.poll(() => page.title()).toBe("patched");
  const direction = await page.locator("#text").evaluate((field: HTMLInputElement) => field.selectionDirection);
  expect(direction).toBe("backward");
});

it("lets the server's value win where the reply requires it: a field by its name, a form by its id", async () => {
  const page = await typedForm(site);
  await patchForm(site, page, [["@", "text", { value: "" }], { d: ["text"] }, ["note", "second"]]);
  expect(await shownValues(page)).toEqual({ ...TYPED, text: "" });
  await patchForm(site, page, [{ d: ["f"] }, ["note", "third"]]);
  expect(await shownValues(page)).toMatchObject({
    text: "",
    number: "1",
    area: "a",
    check: false,
    r: "1",
    select: "1",
  });
});
