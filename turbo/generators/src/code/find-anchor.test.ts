import { expect, it } from "vitest";
import { ANCHORS } from "../feature/anchors.js";
import { findAnchor } from "./find-anchor.js";
import { openSource } from "./source.js";

const LINE = ANCHORS.production.line;
const MODULE_LINE = ANCHORS.channels.line;

it("finds the comment, and neither the words in a string nor those in another comment", () => {
  const decoys = `const a = "${MODULE_LINE}";\n/* ${MODULE_LINE} *//*${MODULE_LINE.slice(2)}*/\nconst b = \`\n${MODULE_LINE}\n\`; // see ${MODULE_LINE}\n`;
  const source = openSource("a.ts", `${decoys}${MODULE_LINE}\n`);
  expect(findAnchor(source, ANCHORS.channels).start).toBe(decoys.length);
});

it("says which line to paste, and where, when it is lost", () => {
  const source = openSource("packages/orders/src/di/bind-production.ts", `const undo = ["${LINE}"];`);
  expect(() => findAnchor(source, ANCHORS.production)).toThrow(
    `packages/orders/src/di/bind-production.ts has lost its anchor. Paste this line as the last line inside the array \`undo\`:\n\n  ${LINE}\n`,
  );
});

it("says on which lines it stands when there are several", () => {
  const source = openSource("a.ts", `${LINE}\nconst a = [];\n${LINE}\n`);
  expect(() => findAnchor(source, ANCHORS.production)).toThrow(/same anchor on lines 1, 3\. Keep one/);
});
