import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { page } from "./sql-of-page";

const here = fileURLToPath(new URL(".", import.meta.url));
const TEMPLATES = join(here, "../../published/create-fourgate/templates");

/** Each folder belongs to the guide of its name. */
const GUIDES = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The blocks of a guide that begin with a file's name, without fences. */
function blocksOf(guide: string): readonly { readonly name: string; readonly text: string }[] {
  const blocks = page(`guides/${guide}.md`).matchAll(/^```tsx?\n(\/\/ (\S+\.tsx?)\n[\s\S]*?)^```$/gm);
  return [...blocks].map(([, text = "", name = ""]) => ({ name, text }));
}

/** The file behind a block: its name's last part, in the folder of the guide. */
const fileOf = (guide: string, name: string) => join(here, guide, name.split("/").at(-1) ?? "");

/** A file as a guide shows it: what another guide's example has is in the reader's own folder. */
function shownText(file: string): string {
  return readFileSync(file, "utf8").replaceAll(/"\.\.\/[\w-]+\//g, '"./');
}

it.each(GUIDES)("%s shows the code that is compiled and run", (guide) => {
  const blocks = blocksOf(guide).filter(({ name }) => existsSync(fileOf(guide, name)));
  expect(blocks.length).toBeGreaterThan(0);
  for (const { name, text } of blocks) expect(text).toBe(shownText(fileOf(guide, name)));
});

it.each(GUIDES)("%s shows every file of its example, but for its own test", (guide) => {
  const shown = new Set(blocksOf(guide).map(({ name }) => name.split("/").at(-1)));
  const own = readdirSync(join(here, guide)).filter((file) => {
    return readFileSync(join(here, guide, file), "utf8").startsWith("// ");
  });
  expect(own.filter((file) => !shown.has(file))).toEqual([]);
});

it("the tutorial shows what `npm create fourgate` writes", () => {
  const written = blocksOf("first-channel").filter(({ name }) => name !== "src/realtime/recovery.test.ts");
  expect(written.length).toBeGreaterThanOrEqual(4);
  for (const { name, text } of written) {
    const file = name.split("/").at(-1) ?? "";
    const template = ["feature", "node", "page"].map((folder) => join(TEMPLATES, folder, `${file}.template`));
    const path = template.find((each) => existsSync(each)) ?? `${name} is no template`;
    expect(text).toBe(`// ${name}\n${readFileSync(path, "utf8")}`);
  }
});
