import { expect, it } from "vitest";
import type { Operation } from "../difference/operation.js";
import { htmlPage } from "../testing/encoder-contract.js";
import { PrintedPage } from "./encoded-page.js";
import { sentOperations } from "./sent-operations.js";

const ALL = { attributes: true, move: () => true, insertedTargets: true, drawings: true };
const PAGE = `<div id="page"><ul id="list" class="b"><li id="a">1</li><li id="n">n</li></ul><p id="p">2</p></div>`;
const LIST = PAGE.slice(PAGE.indexOf("<ul"), PAGE.indexOf("<p"));

it("leaves operations that the client can do as they are", () => {
  const operations: readonly Operation[] = [{ kind: "attributes", target: "list", set: { class: "b" } }];
  expect(sentOperations(operations, htmlPage(PAGE), ALL)).toBe(operations);
});

it("sends nothing inside an element that it sends whole, and deletes first", () => {
  const operations: readonly Operation[] = [
    { kind: "attributes", target: "list", set: { class: "b" } },
    { kind: "append", target: "list", content: `<li id="n">n</li>` },
    { kind: "text", target: "a", text: "1" },
    { kind: "text", target: "p", text: "2" },
    { kind: "delete", target: "gone" },
  ];
  expect(sentOperations(operations, htmlPage(PAGE), { ...ALL, attributes: false })).toEqual([
    { kind: "delete", target: "gone" },
    { kind: "text", target: "p", text: "2" },
    { kind: "morph", target: "list", content: LIST },
  ]);
});

it("sends what stands beside an element that it sends whole", () => {
  const operations: readonly Operation[] = [
    { kind: "before", target: "p", content: "<hr>" },
    { kind: "attributes", target: "p", set: { class: "b" } },
  ];
  expect(sentOperations(operations, htmlPage(PAGE), { ...ALL, attributes: false })).toEqual([
    { kind: "before", target: "p", content: "<hr>" },
    { kind: "morph", target: "p", content: `<p id="p">2</p>` },
  ]);
});

it("sends only the outermost of two elements", () => {
  const operations: readonly Operation[] = [
    { kind: "attributes", target: "a", set: { class: "b" } },
    { kind: "move", target: "a", before: null },
  ];
  expect(sentOperations(operations, htmlPage(PAGE), { ...ALL, attributes: false, move: () => false })).toEqual([
    { kind: "morph", target: "list", content: LIST },
  ]);
});

it("sends the parent where an operation needs an element that was inserted just now", () => {
  const operations: readonly Operation[] = [
    { kind: "append", target: "list", content: `<li id="n">n</li>` },
    { kind: "move", target: "a", before: "n" },
  ];
  expect(sentOperations(operations, htmlPage(PAGE), { ...ALL, insertedTargets: false })).toEqual([
    { kind: "morph", target: "list", content: LIST },
  ]);
});

it("refuses a page that has not the element", () => {
  const operations: readonly Operation[] = [{ kind: "attributes", target: "x", set: {} }];
  expect(() => sentOperations(operations, htmlPage(PAGE), { ...ALL, attributes: false })).toThrow(/no element #x/);
});

it("sends the whole of a drawing for a client that cannot send parts of it", () => {
  const page = `<div id="d"><svg id="s"><g id="g"><circle id="c"></circle></g></svg><p id="p">1</p></div>`;
  const operations: readonly Operation[] = [
    { kind: "append", target: "g", content: "<circle></circle>" },
    { kind: "append", target: "p", content: "<a>2</a>" },
  ];
  const [, append] = operations;
  const sent = [append, { kind: "morph", target: "s", content: page.slice(page.indexOf("<svg"), page.indexOf("<p")) }];
  expect(sentOperations(operations, htmlPage(page), { ...ALL, drawings: false })).toEqual(sent);
});

it("sends the content of the page where no element around has an id", () => {
  const html = `<b id="a">1</b><b id="c">2</b>`;
  const operations: readonly Operation[] = [{ kind: "move", target: "a", before: "c" }];
  const limits = { ...ALL, move: () => false };
  const page = new PrintedPage(() => html, String, "root");
  expect(sentOperations(operations, page, limits)).toEqual([{ kind: "content", target: "root", content: html }]);
  expect(() => sentOperations(operations, htmlPage(html), limits)).toThrow(/No element around #a has an id/);
});
