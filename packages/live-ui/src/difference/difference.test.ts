import { expect, it } from "vitest";
import { each } from "../template/each.js";
import { html, raw } from "../template/html.js";
import { renderToString } from "../template/render-to-string.js";
import type { Slot, TemplateResult } from "../template/template-result.js";
import { difference } from "./difference.js";
import type { Operation } from "./operation.js";

/** The operations with their contents as HTML. */
function operations(before: TemplateResult, after: TemplateResult): readonly unknown[] {
  return difference(before, after, "p").map((operation: Operation) =>
    "content" in operation && typeof operation.content !== "string"
      ? {
          ...operation,
          content: operation.content.map(({ result, path }) => renderToString(result, { root: path })).join(""),
        }
      : operation,
  );
}

const counter = (count: number, color = "red") =>
  html`<main><h1 id="count" class="${color}">Count: ${count}</h1></main>`;

it("sends the text alone of an element that holds nothing but text", () => {
  expect(operations(counter(1), counter(2))).toEqual([{ kind: "text", target: "count", text: "Count: 2" }]);
});

it("sends the changed attributes alone", () => {
  expect(operations(counter(1), counter(1, "a&b"))).toEqual([
    { kind: "attributes", target: "count", set: { class: "a&b" } },
  ]);
});

interface Task {
  readonly id: string;
  readonly title: string;
}
const list = (tasks: readonly Task[]) =>
  html`<ul>
    ${each(
      tasks,
      (task) => task.id,
      (task) => html`<li>${task.title}</li>`,
    )}
  </ul>`;
const tasks = (ids: string) => [...ids].map((id) => ({ id, title: id.toUpperCase() }));

it("appends a new last row, and inserts others before the next", () => {
  expect(operations(list(tasks("ab")), list(tasks("abc")))).toEqual([
    { kind: "append", target: "p_0", content: '<li id="p-0-kc_0">C</li>' },
  ]);
  expect(operations(list(tasks("ad")), list(tasks("abcd")))).toEqual([
    { kind: "before", target: "p-0-kd_0", content: '<li id="p-0-kb_0">B</li><li id="p-0-kc_0">C</li>' },
  ]);
});

it("moves one row by one operation", () => {
  expect(operations(list(tasks("abcd")), list(tasks("bcda")))).toEqual([
    { kind: "move", target: "p-0-ka_0", before: null },
  ]);
  expect(operations(list(tasks("abcd")), list(tasks("dabc")))).toEqual([
    { kind: "move", target: "p-0-kd_0", before: "p-0-ka_0" },
  ]);
});

it("deletes rows before anything else happens", () => {
  expect(operations(list(tasks("abc")), list(tasks("cxa")))).toEqual([
    { kind: "delete", target: "p-0-kb_0" },
    { kind: "before", target: "p-0-ka_0", content: '<li id="p-0-kx_0">X</li>' },
    { kind: "move", target: "p-0-kc_0", before: "p-0-kx_0" },
  ]);
});

it("sends the content of the element where the kind of a slot changes", () => {
  const page = (slot: string | TemplateResult) => html`<section><b>${slot}</b></section>`;
  expect(operations(page("a"), page(html`<i>b</i>`))).toEqual([
    { kind: "content", target: "p_1", content: "<i>b</i>" },
  ]);
  expect(operations(page(html`<i>b</i>`), page("a"))).toEqual([{ kind: "text", target: "p_1", text: "a" }]);
});

it("sends the content of a form that is posted, which may hold hidden fields, where its text changes", () => {
  const page = (text: string) => html`<form method="post">${text}</form>`;
  expect(operations(page("a"), page("b"))).toEqual([{ kind: "content", target: "p_0", content: "b" }]);
});

it("sends nothing for equal templates and values, and where the kind changes but not what is printed", () => {
  const page = (slot: Slot, title: Slot) => html`<p title="${title}">${slot}</p>`;
  const same = html`<b>${1}</b>`;
  expect(operations(page(same, "1"), page(same, 1))).toEqual([]);
  expect(operations(page(null, ""), page([], undefined))).toEqual([]);
  expect(operations(page(each([], String, () => same), ""), page(false, true))).toEqual([]); // prettier-ignore
  expect(operations(page(raw("<i>"), ""), page(raw("<i>"), ""))).toEqual([]);
});

it("morphs the element where its attributes and its elements have changed", () => {
  const page = (title: string) => html`<p title="${title}">${title} <b>static</b></p>`;
  expect(operations(page("a"), page("b"))).toEqual([
    { kind: "morph", target: "p_0", content: '<p id="p_0" title="b">b <b>static</b></p>' },
  ]);
  const text = (title: string) => html`<p title="${title}">${title}</p>`;
  expect(operations(text("a"), text("b"))).toEqual([
    { kind: "attributes", target: "p_0", set: { title: "b" } },
    { kind: "text", target: "p_0", text: "b" },
  ]);
});

it("sends nothing inside an element that is sent anyway", () => {
  const page = (text: string) =>
    // prettier-ignore
    html`<main>${text}<h1 class="${text}">${text}</h1>${html`<p>${text}</p>`}<ul>${each([text], String, (row) => html`<li>${row}</li>`)}</ul></main>`; // prettier-ignore
  const changes = operations(page("a"), page("b"));
  expect(changes).toMatchObject([{ kind: "content", target: "p_0" }]);
});

it("removes a boolean attribute by null, and decodes character references around a slot", () => {
  const page = (isOn: boolean, text: string) =>
    html`<p ?hidden="${isOn}" title="a&amp;b&#33; ${text}">&copy; ${text}</p>`;
  expect(operations(page(true, "x"), page(false, "<y>"))).toEqual([
    { kind: "attributes", target: "p_0", set: { hidden: null, title: "a&b! <y>" } },
    { kind: "text", target: "p_0", text: "© <y>" },
  ]);
});

it("blocks an address in an operation as it does in a page", () => {
  const page = (link: string) => html`<a href="${link}">x</a>`;
  expect(operations(page("/"), page("javascript:alert(1)"))).toEqual([
    { kind: "attributes", target: "p_0", set: { href: "about:blank#blocked" } },
  ]);
});

it("replaces an element whose changed attribute has a namespace", () => {
  const page = (link: string) => html`<svg><use xlink:href="#${link}" /></svg>`;
  expect(operations(page("a"), page("b"))).toMatchObject([{ kind: "replace", target: "p_1" }]);
});

it("sends the content of the parent where an id changes", () => {
  const page = (id: string) => html`<div><p id="${id}">x</p></div>`;
  expect(operations(page("a"), page("b"))).toEqual([{ kind: "content", target: "p_0", content: '<p id="b">x</p>' }]);
  const top = (id: string) => html`<p id="${id}">x</p>`;
  expect(operations(top("a"), top("b"))).toEqual([{ kind: "content", target: "p", content: '<p id="b">x</p>' }]);
});

it("sends the root's content for another template, and for text outside of elements", () => {
  expect(operations(html`<p>a</p>`, html`<p>b</p>`)).toEqual([{ kind: "content", target: "p", content: "<p>b</p>" }]);
  const top = (text: string) => html`${text}<b>a</b>`;
  expect(operations(top("a"), top("b"))).toEqual([{ kind: "content", target: "p", content: "b<b>a</b>" }]);
});

it("replaces a row whose root is another element, and morphs one that is another template", () => {
  const page = (row: () => TemplateResult) => html`<div>${each(["a"], String, row)}</div>`;
  const bold = page(() => html`<b>x</b>`);
  expect(operations(bold, page(() => html`<i>x</i>`))).toMatchObject([{ kind: "replace", target: "p-0-ka_0" }]); // prettier-ignore
  expect(operations(bold, page(() => html`<b>y</b>`))).toMatchObject([{ kind: "morph", target: "p-0-ka_0" }]); // prettier-ignore
});

it("deletes a row that moves to another list before it is added there", () => {
  const row = (key: string) => html`<li id="card-${key}">${key}</li>`;
  const board = (left: string, right: string) =>
    // prettier-ignore
    html`<div><ul id="left">${each([...left], String, row)}</ul><ul id="right">${each([...right], String, row)}</ul></div>`; // prettier-ignore
  expect(operations(board("a", "bcd"), board("ab", "cd"))).toEqual([
    { kind: "delete", target: "card-b" },
    { kind: "append", target: "left", content: '<li id="card-b">b</li>' },
  ]);
});

it("keeps neighbours of a list in their places", () => {
  const row = (key: string) => html`<li>${key}</li>`;
  const behind = (keys: string) => html`<ul id="l">${each([...keys], String, row)}<li id="end">end</li></ul>`; // prettier-ignore
  expect(operations(behind("a"), behind("ab"))).toMatchObject([{ kind: "before", target: "end" }]);
  expect(operations(behind("abc"), behind("bca"))).toEqual([{ kind: "move", target: "p-0-ka_0", before: "end" }]);
  const text = (keys: string) => html`<ul id="l">${each([...keys], String, row)} text</ul>`; // prettier-ignore
  expect(operations(text(""), text("a"))).toMatchObject([{ kind: "prepend", target: "l" }]);
  expect(operations(text("a"), text("ab"))).toMatchObject([{ kind: "content", target: "l" }]); // nothing shows where the end is
  const front = (keys: string) => html`<ul id="l">text ${each([...keys], String, row)}</ul>`; // prettier-ignore
  expect(operations(front(""), front("a"))).toMatchObject([{ kind: "append", target: "l" }]);
});

it("sends the content of a list where most of its rows have gone", () => {
  expect(operations(list(tasks("abc")), list([]))).toMatchObject([{ kind: "text", target: "p_0" }]);
  expect(operations(list(tasks("a")), list([]))).toEqual([{ kind: "delete", target: "p-0-ka_0" }]);
  expect(operations(list(tasks("abc")), list(tasks("xy")))).toMatchObject([{ kind: "content", target: "p_0" }]);
});

it("moves as few rows as possible", () => {
  const moves = (from: string, to: string) => operations(list(tasks(from)), list(tasks(to))).length;
  expect(moves("abcdefgh", "hbcdefga")).toBe(2);
  expect(moves("abcdefgh", "efghabcd")).toBe(4);
  expect(moves("abcdefgh", "abdcefgh")).toBe(1);
});

it("compares arrays by position", () => {
  const page = (...texts: readonly string[]) => html`<p>${texts.map((text) => html`<b>${text}</b>`)}</p>`;
  expect(operations(page("a", "b"), page("a", "c"))).toEqual([{ kind: "text", target: "p-0-1_0", text: "c" }]);
  expect(operations(page("a"), page("a", "b"))).toMatchObject([{ kind: "content", target: "p_0" }]);
});
