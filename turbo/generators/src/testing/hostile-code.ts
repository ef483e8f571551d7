import fc from "fast-check";
import { ANCHORS } from "../feature/anchors.js";

const anchorLine = fc.constantFrom(...Object.values(ANCHORS).map(({ line }) => line));
const anyText = fc.string({ unit: "grapheme", maxLength: 20 });

/** Code that holds what the generators look for, where it means something else. Each piece stands in a block of its own. */
const decoy = fc.oneof(
  anchorLine.map((line) => `const a = ${JSON.stringify(line)};`),
  anchorLine.map((line) => `const b = \`\n${line}\n\`;`),
  anchorLine.map((line) => `/*\n${line}\n*/`),
  anchorLine.map((line) => `// not ${line}`),
  anyText.map((text) => `// ${text.replaceAll(/[\r\n\u2028\u2029]/g, "")}`),
  anyText.map((text) => `f(${JSON.stringify(text)});`),
  fc.constantFrom(
    'f(/[}\\]"]*\\/\\//u);',
    "f(a ? [, b] : { c: `${[d]}` });",
    "// registry.registerChannel(statusChannel)",
    'f("registry.registerChannel(statusChannel)", "export const ordersChannels = [];");',
    "class É { #x = [1, , 2]; }",
    "label: for (;;) break label;",
    "\t;",
    "",
  ),
);

/** Statements that any file may hold. */
export const noise = fc
  .array(decoy, { maxLength: 5 })
  .map((pieces) => pieces.map((piece) => `{\n${piece}\n}\n`).join("\n"));

/** How a file may be saved. */
export const dress = fc.record({
  eol: fc.constantFrom("\n", "\r\n"),
  bom: fc.constantFrom("", "\uFEFF"),
  isEndless: fc.boolean(),
});

/** The same code, saved in another way. */
export function dressed(
  text: string,
  { eol, bom, isEndless }: { eol: string; bom: string; isEndless: boolean },
): string {
  const lines = text.replaceAll("\r\n", "\n").split("\n").join(eol);
  return bom + (isEndless ? lines.trimEnd() : lines);
}
