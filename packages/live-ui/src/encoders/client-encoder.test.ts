import { seededRandom } from "@repo/core-testing";
import { expect, it } from "vitest";
import { difference } from "../difference/difference.js";
import type { Operation } from "../difference/operation.js";
import { each } from "../template/each.js";
import { html, raw } from "../template/html.js";
import { renderToString } from "../template/render-to-string.js";
import type { TemplateResult } from "../template/template-result.js";
import { FuzzPages } from "../testing/fuzz-pages.js";
import { htmlOf } from "../testing/html-of.js";
import { encodeForClient } from "./client-encoder.js";
import type { ClientContent, ClientEntry, ClientTemplate } from "./client-entry.js";
import { KnownTemplates } from "./known-templates.js";

const row = (title: string) => html`<li class="row">${title}</li>`;
const list = (...titles: string[]) => html`<ul id="l">${each(titles, (title) => title, row)}</ul>`; // prettier-ignore

it("encodes every operation as the client reads it", () => {
  const operations: readonly Operation[] = [
    { kind: "delete", target: "a" },
    { kind: "text", target: "b", text: "t" },
    { kind: "attributes", target: "c", set: { class: "x", hidden: null } },
    { kind: "morph", target: "d", content: "<p></p>" },
    { kind: "content", target: "e", content: "" },
    { kind: "replace", target: "f", content: "<i></i>" },
    { kind: "append", target: "g", content: "<i></i>" },
    { kind: "prepend", target: "h", content: "<i></i>" },
    { kind: "before", target: "i", content: "<i></i>" },
    { kind: "move", target: "j", before: "k" },
    { kind: "move", target: "l", before: null },
  ];
  expect(encodeForClient(operations, undefined)).toEqual([
    ["a"],
    ["b", "t"],
    ["@", "c", { class: "x", hidden: null }],
    ["m", "d", "<p></p>"],
    ["c", "e", ""],
    ["r", "f", "<i></i>"],
    ["+", "g", "<i></i>"],
    ["^", "h", "<i></i>"],
    ["<", "i", "<i></i>"],
    [">", "j", "k"],
    [">", "l", null],
  ]);
});

it("sends the text of a template once per connection, and contents as HTML without one", () => {
  const known = new KnownTemplates();
  const append = (before: TemplateResult, after: TemplateResult) => difference(before, after, "p");
  expect(encodeForClient(append(list("a"), list("a", "b<")), known)).toEqual([
    { s: { 0: ['<li id="', 0, '" class="row">', "</li>"] } },
    ["+", "l", [0, "p-0-kb_x3c_", "b<"]],
  ]);
  expect(encodeForClient(append(list("a"), list("a", "b", "c")), known)).toEqual([
    ["+", "l", [[0, "p-0-kb", "b"], [0, "p-0-kc", "c"]]], // prettier-ignore
  ]);
  expect(encodeForClient(append(list("a"), list("a", "b")), undefined)).toEqual([
    ["+", "l", '<li id="p-0-kb_0" class="row">b</li>'],
  ]);
});

it("sends the path of a template once for all ids in it, and numbers as numbers", () => {
  const cells = (n: number) => html`<tr><td class="c${n}">${n}</td><td>${"x"}</td></tr>`; // prettier-ignore
  const table = (...rows: number[]) => html`<table><tbody id="t">${each(rows, String, cells)}</tbody></table>`; // prettier-ignore
  expect(encodeForClient(difference(table(1), table(1, 2), "p"), new KnownTemplates())).toEqual([
    { s: { 0: ['<tr id="', 0, '"><td id="', 1, '" class="c', '">', '</td><td id="', 2, '">', "</td></tr>"] } },
    ["+", "t", [0, "p-0-k2", 2, 2, "x"]],
  ]);
});

it("sends HTML when a connection has as many templates as are remembered", () => {
  const known = new KnownTemplates({ limit: 1 });
  const page = (slot: string | TemplateResult) => html`<div id="d">${slot}</div>`;
  const encode = (to: TemplateResult) => encodeForClient(difference(page("x"), page(to), "p"), known);
  expect(encode(html`<b>${1}</b>`)).toEqual([{ s: { 0: ["", ""] } }, ["c", "d", [0, { r: '<b id="p-0_0">1</b>' }]]]);
  expect(encode(html`<i></i>`)).toEqual([["c", "d", [0, { r: "<i></i>" }]]]);
  expect(
    encodeForClient([{ kind: "content", target: "p", content: [{ result: html`<u></u>`, path: "p" }] }], known),
  ).toEqual([["c", "p", "<u></u>"]]);
});

it("sends the texts of a patch that failed with the next one", () => {
  const known = new KnownTemplates();
  const place = (result: TemplateResult): Operation => ({
    kind: "content",
    target: "p",
    content: [{ result, path: "p" }],
  });
  const page = (cell: string) =>
    html`<table>
      <tbody>
        <tr>
          ${cell}
        </tr>
      </tbody>
    </table>`;
  expect(() => encodeForClient([place(page("text"))], known)).toThrow(/directly inside <tr>/);
  expect(() => encodeForClient([place(html`<p>${html`<div></div>`}</p>`)], known)).toThrow(/Use <div>/);
  const [first] = encodeForClient([place(page(""))], known);
  expect(first).toHaveProperty("s.0");
});

it("gives references that decode to what renderToString prints, from random states", () => {
  const pages = new FuzzPages(seededRandom(7));
  const known = new KnownTemplates();
  const statics = new Map<number, ClientTemplate>();
  let before = pages.page();
  let contents = 0;
  for (let step = 0; step < 300; step += 1) {
    pages.change();
    const after = pages.page();
    const operations = difference(before, after, "p");
    const entries: readonly ClientEntry[] = JSON.parse(JSON.stringify(encodeForClient(operations, known)));
    const changes = entries.filter((entry) => {
      if (!("s" in entry)) return true;
      for (const [number, text] of Object.entries(entry.s)) {
        expect(statics.has(Number(number))).toBe(false);
        statics.set(Number(number), text);
      }
      return false;
    });
    operations.forEach((operation, at) => {
      if (!("content" in operation) || typeof operation.content === "string") return;
      const expected = operation.content.map(({ result, path }) => renderToString(result, { root: path })).join("");
      const entry = changes[at] as readonly [string, string, ClientContent];
      expect(htmlOf(entry[2], statics)).toBe(expected);
      contents += 1;
    });
    before = after;
  }
  expect(contents).toBeGreaterThan(100);
});

it("keeps raw HTML, boolean attributes and checked addresses", () => {
  const page = (link: string, isOn: boolean) =>
    html`<p id="x">${html`<a href="${link}" ?hidden="${isOn}">${raw("<b>")}</a>`}${1}${Number.NaN}</p>`;
  const known = new KnownTemplates();
  const whole: Operation = {
    kind: "content",
    target: "p",
    content: [{ result: page("javascript:x", true), path: "p" }],
  };
  const [texts, change] = encodeForClient([whole], known) as [
    { s: Record<string, ClientTemplate> },
    [string, string, ClientContent],
  ];
  const statics = new Map(Object.entries(texts.s).map(([number, text]) => [Number(number), text]));
  expect(htmlOf(change[2], statics)).toBe(renderToString(page("javascript:x", true), { root: "p" }));
});
