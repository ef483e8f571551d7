import { expect, it } from "vitest";
import { between } from "./write-tables.js";

it("replaces what stands between the marks, and nothing else", () => {
  const text = "a\n<!-- tables -->\n\nold\n\n<!-- /tables -->\nz\n";
  expect(between(text, "tables", "$& new\n")).toBe("a\n<!-- tables -->\n\n$& new\n\n<!-- /tables -->\nz\n");
});

it("refuses a text that has no such marks", () => {
  expect(() => between("a", "tables", "new")).toThrow("There is no <!-- tables --> … <!-- /tables -->");
});
