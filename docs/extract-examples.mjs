// Writes every TypeScript example of the documents that is a module to .examples/, for tsc to compile: what begins with an import (or
// passes another module's exports on), behind a comment or a directive. A block of another kind is a fragment of the one before it, and is not compiled. Each page has a
// folder, in which a block that begins with a file's name has that name, so that blocks import each other as they do for the reader.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "docs", ".examples");
const MODULE = /^(?:\/\/ (?<comment>[^\n]+)\n|"use [a-z]+";(?: \/\/ (?<directive>[^\n]+))?\n\n?)?(?:import |export \{)/;

/** Markdown files of a folder; what is installed or generated is not ours. */
function markdownIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) return entry.name.endsWith(".md") ? [path] : [];
    return entry.isDirectory() && !/^(?:\.|node_modules$|site$)/.test(entry.name) ? markdownIn(path) : [];
  });
}

/** The code of a page's modules, by the path that each has in the page's folder. */
function modulesOf(page) {
  const blocks = [...readFileSync(join(root, page), "utf8").matchAll(/^```tsx?\n([\s\S]*?)^```$/gm)];
  const found = blocks.flatMap(([, code], index) => {
    const match = MODULE.exec(code);
    if (!match) return [];
    const name = /^[^\s,:]+\.tsx?/.exec(match.groups.comment ?? match.groups.directive ?? "")?.[0];
    return isShownFile(page, name) ? [] : [[name ?? `block-${index + 1}.tsx`, code]];
  });
  return new Map(found);
}

/** Whether a file is compiled where it is: in the guide's own folder of examples, or as a template of `create-fourgate`. */
function isShownFile(page, name) {
  const guide = page === "README.md" ? "readme" : /^docs\/guides\/(.+)\.md$/.exec(page)?.[1];
  if (name === undefined || guide === undefined) return false;
  return guide === "first-channel" || existsSync(join(root, "docs/examples", guide, name.split("/").at(-1)));
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A relative import that no block of the page is: the file of that name in docs/examples/ which the page shows without its name. */
function writeImported(folder, modules) {
  for (const [name, code] of modules)
    for (const [, specifier] of code.matchAll(/ from "(\.\.?\/[^"]+)\.js"/g)) {
      const target = join(folder, dirname(name), specifier);
      const file = `${specifier.split("/").at(-1)}.ts`;
      const example = join(root, "docs/examples", file);
      if (existsSync(`${target}.ts`) || existsSync(`${target}.tsx`) || !existsSync(example)) continue;
      write(`${target}.ts`, `export * from "${relative(dirname(target), example).replace(/\.ts$/, ".js")}";\n`);
    }
}

const readmes = ["packages", "published"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`),
);
const pages = ["README.md", "turbo/generators/README.md", ...markdownIn("docs"), ...readmes].filter((page) =>
  existsSync(join(root, page)),
);

rmSync(out, { recursive: true, force: true });
let count = 0;
for (const page of pages) {
  const folder = join(out, page.replace(/\.md$/, "").replaceAll("/", "-"));
  const modules = modulesOf(page);
  for (const [name, code] of modules) write(join(folder, name), `// ${page}\n${code}`);
  writeImported(folder, modules);
  count += modules.size;
}
if (count < 40) throw new Error(`Only ${count} examples were found; has the way they are written changed?`);
console.log(`${count} examples`);
