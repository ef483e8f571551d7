import { expect, it } from "vitest";
import { ANCHORS } from "../feature/anchors.js";
import { insertAtAnchor } from "./insert-at-anchor.js";
import { changeOf, openSource } from "./source.js";

const { line: INDEX } = ANCHORS.channels;
const { line: LIST } = ANCHORS.production;
const { line: NAMES } = ANCHORS.symbols;

it.each([
  ["a statement", ANCHORS.channels, `f();\n${INDEX}\n`, `f();\nadded;\n${INDEX}\n`],
  [
    "a statement on the first line, after a byte order mark",
    ANCHORS.channels,
    `\uFEFF${INDEX}`,
    `\uFEFFadded;\n${INDEX}`,
  ],
  ["an indented statement", ANCHORS.channels, `  ${INDEX}\n`, `  added;\n  ${INDEX}\n`],
  ["the only entry", ANCHORS.production, `f([\n\t${LIST}\n]);`, `f([\n\tadded,\n\t${LIST}\n]);`],
  ["the last entry", ANCHORS.production, `f([\n  a,\n  ${LIST}\n]);`, `f([\n  a,\n  added,\n  ${LIST}\n]);`],
  [
    "an entry after one without its comma",
    ANCHORS.production,
    `f([\n  a // one\n  ${LIST}\n]);`,
    `f([\n  a, // one\n  added,\n  ${LIST}\n]);`,
  ],
  [
    "an entry after one with a comment before its comma",
    ANCHORS.production,
    `f([\n  a /* , */,\n  ${LIST}\n]);`,
    `f([\n  a /* , */,\n  added,\n  ${LIST}\n]);`,
  ],
  ["an entry before another", ANCHORS.production, `f([\n  ${LIST}\n  b\n]);`, `f([\n  added,\n  ${LIST}\n  b\n]);`],
  [
    "an entry into the innermost list",
    ANCHORS.production,
    `f([[\n  ${LIST}\n], {}]);`,
    `f([[\n  added,\n  ${LIST}\n], {}]);`,
  ],
  [
    "a property",
    ANCHORS.symbols,
    `f({\r\n  a: 1,\r\n  ${NAMES}\r\n});`,
    `f({\r\n  a: 1,\r\n  added,\r\n  ${NAMES}\r\n});`,
  ],
])("puts in %s", async (...[, anchor, before, after]) => {
  const source = openSource("a.ts", before);
  await insertAtAnchor(source, { anchor, code: "added", style: {} });
  expect(changeOf(source).after).toBe(after);
});

it("sets an entry as Prettier would in its place, with the file's line ends", async () => {
  const source = openSource("a.ts", `f(\r\n    [\r\n        ${LIST}\r\n    ]\r\n);\r\n`);
  const code = "call(aaaaaaaaaa, { b: [cccccccccc] }, ddddddd)";
  await insertAtAnchor(source, { anchor: ANCHORS.production, code, style: { printWidth: 40 } });
  expect(changeOf(source).after).toBe(
    `f(\r\n    [\r\n        call(\r\n          aaaaaaaaaa,\r\n          { b: [cccccccccc] },\r\n          ddddddd,\r\n        ),\r\n        ${LIST}\r\n    ]\r\n);\r\n`,
  );
});

it("leaves out the last comma where the workspace does, unless more follows", async () => {
  const insert = async (text: string) => {
    const source = openSource("a.ts", text);
    await insertAtAnchor(source, { anchor: ANCHORS.production, code: "added", style: { trailingComma: "none" } });
    return changeOf(source).after;
  };
  expect(await insert(`f([\n  a\n  ${LIST}\n]);`)).toBe(`f([\n  a,\n  added\n  ${LIST}\n]);`);
  expect(await insert(`f([\n  ${LIST}\n  b\n]);`)).toBe(`f([\n  added,\n  ${LIST}\n  b\n]);`);
});
