import { expect, it } from "vitest";
import { insertImport, type NamedImport } from "./insert-import.js";
import { changeOf, openSource } from "./source.js";

const B: NamedImport = { names: ["b"], from: "./b" };

async function inserted(text: string, wanted: NamedImport = B, printWidth = 120): Promise<string> {
  const source = openSource("a.ts", text);
  await insertImport(source, wanted, { printWidth });
  return changeOf(source).after;
}

it.each([
  [
    "after the imports that sort before it",
    `import { a } from "./a";\nimport { c } from "./c";\n`,
    `import { a } from "./a";\nimport { b } from "./b";\nimport { c } from "./c";\n`,
  ],
  [
    "before the imports that sort after it",
    `import { c } from "./c";\n`,
    `import { b } from "./b";\nimport { c } from "./c";\n`,
  ],
  [
    "after a package and after what lies further away",
    `import { x } from "x";\nimport { y } from "../y";`,
    `import { x } from "x";\nimport { y } from "../y";\nimport { b } from "./b";`,
  ],
  [
    "after a comment on the line of the import before it",
    `import { a } from "./a"; // why /* not */\nf();`,
    `import { a } from "./a"; // why /* not */\nimport { b } from "./b";\nf();`,
  ],
  [
    "before code on the line of the import before it",
    `import { a } from "./a"; f();`,
    `import { a } from "./a";\nimport { b } from "./b"; f();`,
  ],
  ["at the top of a file without imports", `f();\n`, `import { b } from "./b";\n\nf();\n`],
  ["after a byte order mark", `\uFEFFf();\n`, `\uFEFFimport { b } from "./b";\n\nf();\n`],
  ["after directives", `"use client";\nf();\n`, `"use client";\nimport { b } from "./b";\n\nf();\n`],
  [
    "with the ending of the file's other modules",
    `import { a } from "./a.js";\n`,
    `import { a } from "./a.js";\nimport { b } from "./b.js";\n`,
  ],
  [
    "with the file's line ends",
    `import { a } from "./a";\r\nf();\r\n`,
    `import { a } from "./a";\r\nimport { b } from "./b";\r\nf();\r\n`,
  ],
  ["after a shebang", `#!/usr/bin/env node\nf();\n`, `#!/usr/bin/env node\nimport { b } from "./b";\n\nf();\n`],
  [
    "not where it is imported beside everything",
    `import * as all from "./b";\nimport { b } from "./b";\n`,
    `import * as all from "./b";\nimport { b } from "./b";\n`,
  ],
  ["into an import that is there", `import { a } from "./b";\n`, `import { a, b } from "./b";\n`],
  [
    "into an import with a line for each name",
    `import {\n  a, // first\n} from "./b";\n`,
    `import {\n  a, // first\n  b,\n} from "./b";\n`,
  ],
  [
    "beside an import of types",
    `import type { a } from "./b";\n`,
    `import type { a } from "./b";\nimport { b } from "./b";\n`,
  ],
  [
    "beside an import of everything",
    `import * as all from "./b";\n`,
    `import * as all from "./b";\nimport { b } from "./b";\n`,
  ],
  ["not where it is imported", `import x, { b } from "./b";\n`, `import x, { b } from "./b";\n`],
  ["not where it is imported with an ending", `import { b } from "./b.js";\n`, `import { b } from "./b.js";\n`],
])("goes %s", async (_where, before, after) => {
  expect(await inserted(before)).toBe(after);
});

it("gives each name a line where one is too short for all", async () => {
  expect(await inserted(`import { aaaa } from "./b";\n`, B, 27)).toBe(`import {\n  aaaa,\n  b,\n} from "./b";\n`);
});

it.each([
  `const b = 1;`,
  `export function b() {}`,
  `class b {}`,
  `import b from "x";`,
  `import b from "./b";`,
  `import type { b } from "./b";`,
])("refuses a name that means something else in the file: %s", async (text) => {
  await expect(inserted(text)).rejects.toThrow(`a.ts means something else by "b": rename that and run this again.`);
});

it.each([
  [`import { b } from "./b";\n`, `import { b } from "./b";\n`],
  [`import type { b } from "./b";\n`, `import type { b } from "./b";\n`],
  [`import type { a } from "./b";\n`, `import type { a, b } from "./b";\n`],
  [`import { a } from "./b";\n`, `import { a } from "./b";\nimport type { b } from "./b";\n`],
])("brings a type alone where a type is wanted: %s", async (before, after) => {
  expect(await inserted(before, { ...B, isType: true })).toBe(after);
});
