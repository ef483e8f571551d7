import { expect, it } from "vitest";
import { sectionOf, tooLong, withSection } from "./drift-message-path.mjs";

const path = (transport, count) => ({
  transport,
  in: [...Array.from({ length: count - 1 }, (_, n) => `packages/ws/src/${n}.ts`), "the handler"],
  out: ["packages/core/src/broadcaster.ts"],
});
const PAGE =
  "# A\n<!-- message path: written by `node scripts/drift-message-path.mjs --write` -->\nold\n<!-- message path: end -->\n# B\n";

it("replaces the section of the page and nothing else", () => {
  const page = withSection(PAGE, "new");
  expect(page.replace("old", "new").split("\n").filter(Boolean)).toEqual(
    PAGE.replace("old", "new").split("\n").filter(Boolean),
  );
  expect(withSection(page, "new")).toBe(page);
});

it("refuses a page without a place for the section", () => {
  expect(() => withSection("# A", "new")).toThrow("needs the lines");
});

it("shows the numbers of every transport, and the files of the first", () => {
  const section = sectionOf([path("ws", 2), path("sse", 3)]);
  expect(section).toContain("| ws | 2 | 1 |\n| sse | 3 | 1 |");
  expect(section).toContain("In, over ws: `ws/0.ts` → the handler.");
});

it("names a way in of more than five files", () => {
  expect(tooLong([path("ws", 5), path("sse", 6)])).toEqual([expect.stringContaining("over sse passes 6 files, not 5")]);
});
