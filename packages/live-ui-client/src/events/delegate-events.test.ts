import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";

let site: FakeSite;
beforeEach(async () => void (site = await openSite()));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

const sent = () => site.actions.map(({ a, v }) => [a, v]);

it("sends all fields of a form with its button, repeated names as arrays, without what the server added for other browsers", async () => {
  const page = await site.visit(`<form method="post" data-live-submit="save" data-live-value-list-id="7">
    <input type="hidden" name="live-token" value="x"><input name="title" value="a"><input name="tags[]" value="t">
    <input type="checkbox" name="to" value="1" checked><input type="checkbox" name="to" value="2" checked><input type="file" name="file">
    <button name="how" value="now">save</button><button id="remove" name="live-action" value="remove">remove</button></form>`);
  await page.click("button");
  const v = { listId: "7", title: "a", tags: ["t"], to: ["1", "2"] };
  await expect.poll(sent).toEqual([["save", { ...v, how: "now" }]]);
  await page.click("#remove");
  await expect.poll(sent).toEqual([
    ["save", { ...v, how: "now" }],
    ["remove", v],
  ]);
});

it("lets the browser send a form with a chosen file", async () => {
  const page = await site.visit(
    `<form method="post" action="/elsewhere" enctype="multipart/form-data" data-live-submit="save"><input type="file" name="file"><button>save</button></form>`,
  );
  await page.setInputFiles("input", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
  await page.evaluate(() =>
    addEventListener("submit", (event) => ((document.title = `${event.defaultPrevented}`), event.preventDefault())),
  );
  await page.click("button");
  await expect.poll(() => page.title()).toBe("false");
  expect(site.actions).toEqual([]);
});

it("sends the value of a field at input, change, focus, blur and at a key, and the path of its component", async () => {
  const page = await site.visit(`<div data-live-component="rows.7">
    <input id="a" name="a" data-live-input="typed" data-live-focus="in" data-live-blur="out" data-live-keydown="enter" data-live-key="Enter">
    <input type="checkbox" id="c" name="c" value="yes" data-live-change="checked"><select multiple id="m" name="m" data-live-change="chosen"><option>1<option>2</select></div>`);
  await page.focus("#a");
  await page.keyboard.type("x");
  await page.keyboard.press("Enter");
  await page.click("#c");
  await page.click("#c");
  await page.selectOption("#m", ["1", "2"]);
  const expected = [
    ["in", { a: "" }],
    ["typed", { a: "x" }],
    ["enter", { a: "x" }],
    ["out", { a: "x" }],
    ["checked", { c: "yes" }],
    ["checked", { c: "" }],
  ];
  await expect.poll(sent).toEqual([...expected, ["chosen", { m: ["1", "2"] }]]);
  expect(new Set(site.actions.map(({ p }) => p))).toEqual(new Set(["rows.7"]));
});

it("binds fields both ways: text after a pause or when it is left, choices at once, a checkbox as true or false", async () => {
  const page =
    await site.visit(`<input id="a" data-live-bind="name" data-live-debounce="60000"><input id="b" data-live-bind="late" data-live-bind-on="blur">
    <input id="c" type="checkbox" data-live-bind="done"><div id="e" contenteditable data-live-bind="text" data-live-debounce="0">x</div>`);
  await page.fill("#a", "mia");
  await page.fill("#b", "b");
  await expect.poll(sent).toEqual([["$bind", { field: "name", value: "mia" }]]); // left
  await page.check("#c");
  await page.fill("#e", "y");
  await expect.poll(sent).toEqual([
    ["$bind", { field: "name", value: "mia" }],
    ["$bind", { field: "late", value: "b" }],
    ["$bind", { field: "done", value: true }],
    ["$bind", { field: "text", value: "y" }],
  ]);
});

it("sends what waits for a pause before the next action", async () => {
  const page = await site.visit(
    `<form data-live-submit="save"><input id="a" data-live-bind="name" data-live-debounce="60000"></form>`,
  );
  await page.fill("#a", "mia");
  await page.press("#a", "Enter");
  await expect.poll(sent).toEqual([
    ["$bind", { field: "name", value: "mia" }],
    ["save", {}],
  ]);
});

it("throttles: the first at once, the last after the time", async () => {
  const page = await site.visit(`<input name="a" data-live-input="typed" data-live-throttle="300">`);
  await page.evaluate(() => {
    const field = document.querySelector("input") as HTMLInputElement;
    for (const value of ["1", "2", "3"]) {
      field.value = value;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  });
  await expect.poll(sent).toEqual([
    ["typed", { a: "1" }],
    ["typed", { a: "3" }],
  ]);
});

it("requests a confirmation before it sends, and sends nothing where the user refuses", async () => {
  const page = await site.visit(`<button data-live-click="remove" data-live-confirm="Sure?">x</button>`);
  const confirmations: string[] = [];
  page.on("dialog", (dialog) => {
    confirmations.push(dialog.message());
    void (confirmations.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await page.click("button");
  await page.click("button");
  await expect.poll(sent).toEqual([["remove", {}]]);
  expect(confirmations).toEqual(["Sure?", "Sure?"]);
});

it("leaves a link to the browser where it is opened elsewhere", async () => {
  const page = await site.visit(`<a href="#there" data-live-click="go">go</a>`);
  await page.click("a");
  await expect.poll(sent).toEqual([["go", {}]]);
  expect(page.url()).toBe(site.url);
  await page.evaluate(() =>
    document.querySelector("a")?.dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true })),
  );
  await page.click("a");
  await expect.poll(sent).toEqual([
    ["go", {}],
    ["go", {}],
  ]);
});

it("sends the key of a dropped element, and before which it was dropped", async () => {
  const rows = ["a", "b", "c"].map((key) => `<li data-live-drag="${key}">${key}</li>`).join("");
  const page = await site.visit(`<ul data-live-drop="move" data-live-value-list="1">${rows}</ul>`);
  await page.dragAndDrop("li:nth-child(3)", "li:nth-child(1)", { targetPosition: { x: 5, y: 2 } });
  await expect.poll(sent).toEqual([["move", { list: "1", key: "c", before: "a" }]]);
  await page.dragAndDrop("li:nth-child(1)", "li:nth-child(3)", { targetPosition: { x: 5, y: 15 } });
  await expect.poll(() => site.actions[1]?.v).toEqual({ list: "1", key: "a", before: null });
});

it("works for elements and pages that arrive later, and no more after stop", async () => {
  const page = await site.visit("");
  await page.evaluate(() =>
    document.body.insertAdjacentHTML(
      "beforeend",
      `<div id="l2" data-live="/b" data-live-token="tb"><button data-live-click="go">go</button></div>`,
    ),
  );
  await page.click("button");
  await expect.poll(() => site.actions).toMatchObject([{ k: "tb", a: "go", r: 1 }]);
  await page.evaluate("live.stop()");
  await page.click("button");
  await page.reload();
  expect(site.actions.length).toBe(1);
});
