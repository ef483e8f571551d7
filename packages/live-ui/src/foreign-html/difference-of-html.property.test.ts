import fc from "fast-check";
import { expect, it } from "vitest";
import { OperationTree, comparableHtml } from "../testing/applied-operations.js";
import { differenceById, differenceByTree, differenceHybrid, withIds } from "./difference-of-html.js";

const RUNS = { numRuns: 2_000 };
const text = fc.constantFrom("", "a", "b", " ", "\n  ", "1 < 2 & 3", "é");
const name = fc.constantFrom("div", "p", "ul", "li", "b", "section", "template", "textarea", "pre", "custom-element");
const attributes = fc
  .record(
    {
      id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
      "data-key": fc.constantFrom("1", "2", "3"),
      class: fc.constantFrom("x", "y"),
      title: fc.constantFrom(`"`, "<hx-partial>"),
    },
    { requiredKeys: [] },
  )
  .map((record) =>
    Object.entries(record)
      .map(([key, value]) => ` ${key}="${value.replaceAll('"', "&quot;")}"`)
      .join(""),
  );

/** Well-formed HTML with few ids, many of them twice, and elements that move. */
const { nodes } = fc.letrec<{ nodes: string; node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: "d" },
    text.map((plain) => plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;")),
    fc.constant("<!--c-->"),
    fc
      .tuple(name, attributes, tie("nodes"))
      .map(([tag, written, inner]) => `<${tag}${written}>${tag === "textarea" ? "t" : inner}</${tag}>`),
  ),
  nodes: fc.array(tie("node"), { maxLength: 4, depthIdentifier: "d" }).map((list) => list.join("")),
}));

/** Lists of rows that have keys, in any order, with or without white space. */
const rows = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 12 })),
    fc.constantFrom("", "\n"),
    fc.constantFrom("one", "two"),
    fc.boolean(),
  )
  .map(
    ([keys, space, word, isMarked]) =>
      `<ul${isMarked ? ' id="list"' : ""}>${keys.map((key) => `${space}<li id="r${key}">${key % 3 ? word : key}</li>`).join("")}${space}</ul>`,
  );
const page = fc
  .tuple(
    nodes,
    rows,
    rows.map((html) => html.replaceAll('="', '="z')),
    nodes,
  )
  .map((parts) => parts.join(""));

it.each([
  ["by id", differenceById],
  ["hybrid", differenceHybrid],
] as const)("operations %s make the new tree of the old one", (_name, difference) => {
  fc.assert(
    fc.property(page, page, (before, after) => {
      const tree = new OperationTree(before, "root");
      tree.apply(difference(before, after, "root"));
      expect(comparableHtml(tree.html)).toBe(comparableHtml(after));
    }),
    RUNS,
  );
});

/** Two pages of which the other differs in one text or one attribute. */
const near = fc.tuple(page, fc.nat(), fc.boolean()).map(([before, number, isText]): readonly [string, string] => {
  const places = [...before.matchAll(isText ? /<\/(?!textarea)/g : / class="x"/g)].map(({ index }) => index);
  const at = places[number % places.length] ?? 0;
  const after = before.slice(0, at) + (isText ? "changed" : ` class="changed"`) + before.slice(isText ? at : at + 10);
  return places.length === 0 ? [before, before] : [before, after];
});

it.each([
  ["by id", differenceById],
  ["hybrid", differenceHybrid],
] as const)("operations %s make small changes, and none inside an element that is sent", (_name, difference) => {
  fc.assert(
    fc.property(near, ([before, after]) => {
      const operations = difference(before, after, "root");
      const tree = new OperationTree(before, "root");
      tree.apply(operations);
      expect(comparableHtml(tree.html)).toBe(comparableHtml(after));
      for (const { target } of operations) {
        const sent = operations.some(
          (other) => "content" in other && String(other.content).includes(` id="${target}"`) && other.target !== target,
        );
        expect(sent).toBe(false);
      }
    }),
    RUNS,
  );
});

it("operations by tree make the new tree of the old one, over several pages", () => {
  fc.assert(
    fc.property(page, fc.array(page, { minLength: 1, maxLength: 3 }), (first, others) => {
      let html = withIds(first, "root");
      const tree = new OperationTree(html, "root");
      for (const after of others) {
        const difference = differenceByTree(html, after, "root");
        tree.apply(difference.operations);
        html = difference.html;
        expect(comparableHtml(tree.html)).toBe(comparableHtml(html));
      }
    }),
    { ...RUNS, examples: [[`<p><div id="e" title="x"></div></p>`, [`<div id="e" class="y" title="x"></div>`]]] },
  );
});
