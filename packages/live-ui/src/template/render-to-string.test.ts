import { afterEach, expect, it, vi } from "vitest";
import { each } from "./each.js";
import { html, raw } from "./html.js";
import { renderToString } from "./render-to-string.js";
import type { Slot, TemplateResult } from "./template-result.js";

const print = (result: TemplateResult) => renderToString(result, { root: "p" });
const list = (keys: readonly (string | number)[], row: (key: string | number) => TemplateResult) =>
  html`<ul id="l">${each(keys, (key) => key, row)}</ul>`; // prettier-ignore

afterEach(() => vi.unstubAllEnvs());

it("gives two instances of a template different ids, from their slots and keys", () => {
  const part = (text: string) => html`<b>${text}</b>`;
  expect(print(html`<p>${part("1")}${[part("2"), part("3")]}</p>`)).toBe(
    '<p id="p_0"><b id="p-0_0">1</b><b id="p-1-0_0">2</b><b id="p-1-1_0">3</b></p>',
  );
});

it("gives rows whose keys differ in special characters different ids", () => {
  const keys = ["a-0", "a", " ", "_x20_", "a--3", "a_", "a_0", "a_x2d_", "ä", "a b", "", "-", "_", '"'];
  const printed = print(list(keys, (key) => html`<li>${html`<i>${key}</i>`}</li>`)); // prettier-ignore
  const ids = [...printed.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
  expect(new Set(ids).size).toBe(1 + 2 * keys.length);
  expect(ids.every((id) => /^[a-zA-Z0-9_-]+$/.test(id))).toBe(true);
});

it("refuses two rows with one key, and names it", () => {
  const row = (key: string | number) => html`<li>${key}</li>`;
  expect(() => list([1, 2, 1], row)).toThrow(/have the key "1"/);
  expect(() => list(["1", 1], row)).toThrow(/have the key "1"/);
  expect(print(list([3, 1, 2], row))).toContain("p-0-k3_0");
});

it("refuses a row without one single root element", () => {
  for (const row of [
    () => html`text`,
    () =>
      html`<li></li>
        <li></li>`,
    () =>
      html`<li></li>
        text`,
    () => html`${html`<li></li>`}`,
  ])
    expect(() => print(list(["a"], row))).toThrow(/one root element/);
});

it("gives the root of a row an id, without the white space around it", () => {
  expect(print(list(["a"], () => html` <li>x</li> `))).toBe('<ul id="l"><li id="p-0-ka_0">x</li></ul>');
});

// prettier-ignore
const MISPLACED: readonly (readonly [string, () => TemplateResult, RegExp])[] = [
  ["a row in <table>", () => html`<table>${html`<tr></tr>`}</table>`, /<tbody>/],
  ["rows of a list in <table>", () => html`<table>${each([1], String, () => html`<tr></tr>`)}</table>`, /<tbody>/],
  ["text in <tr>", () => html`<table><tbody><tr>${"text"}</tr></tbody></table>`, /put it into a cell/],
  ["a block in a paragraph", () => html`<p>${html`<div></div>`}</p>`, /Use <div>/],
  ["a button in the button of another template", () => html`<form><p>${html`<b></b><button><i>${html`<button></button>`}</i></button>`}</p></form>`, /<button> inside <button>/],
  ["a form anywhere in a template within a form", () => html`<form>${html`<section><form></form></section>`}</form>`, /<form> inside <form>/],
  ["a template in <textarea>", () => html`<textarea>${html`<b></b>`}</textarea>`, /holds text alone/],
  ["raw HTML in <title>", () => html`<title>${raw("</title>")}</title>`, /holds text alone/],
  ["a template in an attribute", () => html`<p title="${html`a`}"></p>`, /Give it a text/],
  ["an object", () => html`<p>${new Date(0) as unknown as Slot}</p>`, /holds \[object Date\]/],
];
it.each(MISPLACED)("refuses %s", (_, page, sentence) => {
  expect(() => print(page())).toThrow(sentence);
});

it("refuses two elements with one id, outside production", () => {
  const page = () => html`<p id="${"a"}"></p>${html`<p id="a"></p>`}`; // prettier-ignore
  expect(() => print(page())).toThrow(/Two elements have the id "a"/);
  vi.stubEnv("NODE_ENV", "production");
  expect(print(page())).toBe('<p id="a"></p><p id="a"></p>');
});

it("prints hidden fields into forms that are posted, by their action", () => {
  const page = html`<div>${html`<form method="POST" data-live-submit="add">a</form><form method="post"><b></b></form><form></form>`}</div>`; // prettier-ignore
  const hiddenFields = (action: string | undefined, path: string) => `<input name="${action ?? "none"} ${path}">`;
  expect(renderToString(page, { root: "p", hiddenFields })).toBe(
    '<div id="p_0"><form method="POST" data-live-submit="add"><input name="add p-0">a</form><form method="post"><input name="none p-0"><b></b></form><form></form></div>',
  );
});
