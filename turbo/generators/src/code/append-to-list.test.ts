import { expect, it } from "vitest";
import { appendToList } from "./append-to-list.js";
import { listSpan } from "./list-span.js";
import { changeOf, openSource } from "./source.js";
import { statementAt, topLevelConst } from "./top-level-const.js";

async function appended(text: string, added: readonly string[] = ["z"], printWidth = 60): Promise<string> {
  const source = openSource("a.ts", text);
  const list = topLevelConst(source, "list");
  if (list?.type !== "ArrayExpression" && list?.type !== "ObjectExpression") throw new Error("no list");
  const unit = statementAt(source, list.start);
  await appendToList(source, listSpan(source, list), { added, unit, style: { printWidth } });
  return changeOf(source).after;
}

it.each([
  ["an empty array", `const list = [] as const;`, `const list = [z] as const;`],
  ["an empty object", `const list = {};`, `const list = { z };`],
  ["a line", `const list = [a, b];`, `const list = [a, b, z];`],
  ["a line with a comment", `const list = [a /* , ] */ ];`, `const list = [a, z /* , ] */ ];`],
  ["lines", `const list = [\n  a,\n  b,\n];`, `const list = [\n  a,\n  b,\n  z,\n];`],
  ["lines without the last comma", `const list = [\n  a\n];`, `const list = [\n  a,\n  z\n];`],
  [
    "lines with a comment before the comma",
    `const list = [\n  a /* ] */,\n];`,
    `const list = [\n  a /* ] */,\n  z,\n];`,
  ],
  ["lines with comments", `const list = [\n\ta, // [\n\tb // ]\n];`, `const list = [\n\ta, // [\n\tb, // ]\n\tz\n];`],
  ["lines that end in two marks", `const list = [\r\n  a,\r\n];`, `const list = [\r\n  a,\r\n  z,\r\n];`],
  [
    "a type around it",
    `export const list = ([a] as const) satisfies X;`,
    `export const list = ([a, z] as const) satisfies X;`,
  ],
])("adds to %s", async (_what, before, after) => {
  expect(await appended(before)).toBe(after);
});

it("gives each entry a line when its own is full", async () => {
  const before = `const list = [aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbb, c];`;
  expect(await appended(before)).toBe(
    `const list = [\n  aaaaaaaaaaaaaaaaaaaa,\n  bbbbbbbbbbbbbbbbbbbbb,\n  c,\n  z,\n];`,
  );
});

it("gives the first entry a line of its own when there is no room for it", async () => {
  expect(await appended("const list = [];", ["a".repeat(60)])).toBe(`const list = [\n  ${"a".repeat(60)},\n];`);
});

it("keeps the comments of a line that it breaks", async () => {
  const before = `const list = [aaaaaaaaaaaaaaaaaaaa, /* b */ bbbbbbbbbbbbbbbbb, c];`;
  expect(await appended(before)).toBe(
    `const list = [\n  aaaaaaaaaaaaaaaaaaaa,\n  /* b */ bbbbbbbbbbbbbbbbb,\n  c,\n  z,\n];`,
  );
});
