import { applyPatch, parsePatch } from "diff";
import { expect, it } from "vitest";
import { showDiff } from "./show-diff.js";

it("prints a patch that leads from what is to what shall be", () => {
  const changes = [
    { path: "a.ts", before: "1\r\n2\r\n3", after: "1\r\nnew\r\n2\r\n3" },
    { path: "b.ts", before: undefined, after: "b\n" },
    { path: "c.ts", before: "c\n", after: undefined },
  ];
  const patches = parsePatch(showDiff(changes));
  expect(patches.map(({ oldFileName, newFileName }) => [oldFileName, newFileName])).toEqual([
    ["a/a.ts", "b/a.ts"],
    ["/dev/null", "b/b.ts"],
    ["a/c.ts", "/dev/null"],
  ]);
  changes.forEach(({ before, after }, index) => {
    const patch = patches[index];
    expect(patch && applyPatch(before ?? "", patch, { autoConvertLineEndings: false })).toBe(after ?? "");
  });
});

it("prints nothing where nothing changes", () => {
  expect(showDiff([])).toBe("");
});
