import { expect, it } from "vitest";
import { mergeThreeWays } from "./three-way-merge.js";

const base = "a\nb\nc\nd\ne\n";

it("has the changes of both, each at its place", () => {
  const merge = mergeThreeWays({ base, ours: "A\nb\nc\nd\ne\n", theirs: "a\nb\nc\nd\nE\nf\n" });
  expect(merge).toEqual({ kind: "merged", text: "A\nb\nc\nd\nE\nf\n" });
});

it("takes the same change of both once", () => {
  expect(mergeThreeWays({ base, ours: "a\nX\nc\nd\ne\n", theirs: "a\nX\nc\nd\nE\n" })).toMatchObject({
    text: "a\nX\nc\nd\nE\n",
  });
});

it("names the lines of ours where both have changed the same place", () => {
  const merge = mergeThreeWays({ base, ours: "new\na\nb\nX\nd\ne\n", theirs: "a\nb\nY\nd\ne\n" });
  expect(merge).toEqual({ kind: "conflict", lines: [4] });
});

it("keeps the line ends of ours", () => {
  const ours = "A\r\nb\r\nc\r\nd\r\ne\r\n";
  expect(mergeThreeWays({ base, ours, theirs: "a\nb\nc\nd\nE\n" })).toMatchObject({
    text: "A\r\nb\r\nc\r\nd\r\nE\r\n",
  });
});

it.each(["", "a", "a\n\n"])("leaves %j alone where nobody has changed it", (text) => {
  expect(mergeThreeWays({ base: text, ours: text, theirs: text })).toEqual({ kind: "merged", text });
});
