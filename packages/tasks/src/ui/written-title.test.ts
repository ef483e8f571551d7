import { expect, it } from "vitest";
import { taskTitle } from "../task.js";
import { writtenTitle } from "./written-title.js";

it.each([
  ["  paint  ", "paint"],
  ["two\nlines\r\n\tand a tab", "two lines and a tab"],
  ["a\0b\x7fc\x9bd", "a b c d"],
  ["half \ud83d", "half"],
  ["🧑‍🚒 whole", "🧑‍🚒 whole"],
])("makes a title that the server takes of %j", (written, title) => {
  expect(writtenTitle(written)).toBe(title);
  expect(taskTitle.safeParse(title).success).toBe(true);
});

it("returns an empty title for text without letters", () => {
  expect(writtenTitle(" \n\0 ")).toBe("");
});
