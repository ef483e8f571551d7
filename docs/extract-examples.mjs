// Writes every TypeScript example of the documents that begins with an import to .examples/, for tsc to compile.
// A block that begins otherwise is a fragment of the one before it, and is not compiled.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "docs", ".examples");
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true })
    .filter((file) => file.endsWith(".md") && !file.includes("node_modules") && !file.startsWith("site/"))
    .map((file) => `docs/${file}`),
  ...["packages", "published"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`),
  ),
].filter((page) => existsSync(join(root, page)));

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
let count = 0;
for (const page of pages) {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```tsx?\n(import [\s\S]*?)^```$/gm);
  for (const [, code] of blocks) {
    count += 1;
    const name = `${page.replace(/\.md$/, "").replaceAll(/[/\\]/g, "-")}-${count}.tsx`;
    writeFileSync(join(out, name), `// ${page}\n${code}`);
  }
}
if (count < 3) throw new Error(`Only ${count} examples were found; has the way they are written changed?`);
console.log(`${count} examples`);
