// Writes what VitePress builds to pages/: the documents with their links made for the site, the API reference, llms.txt.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apiEntries, writeApiReference } from "./api-reference.mjs";
import { llmsFullText, llmsIndex } from "./llms-text.mjs";
import { linkPage } from "./page-links.mjs";
import { readPages, requiredSources, root } from "./read-pages.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "pages");

/** Throws where a page is in no section, or a link leads nowhere: the build ends there. */
export function linkedPages() {
  const pages = readPages();
  const sources = new Set(pages.map(({ source }) => source));
  const problems = requiredSources()
    .filter((source) => !sources.has(source))
    .map((source) => `${source}: in no section of the navigation (docs/site/sections.mjs)`);
  const linked = pages.map((page) => ({ ...page, text: linkPage(page, { pages, root, problems }) }));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return linked;
}

function write(route, text) {
  const file = join(out, route);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function frontMatter({ title, description, source }) {
  return `---\n${["title", "description", "source"]
    .map((key) => `${key}: ${JSON.stringify({ title, description, source }[key])}`)
    .join("\n")}\n---\n\n`;
}

function decisionsIndex(pages) {
  const links = pages
    .filter(({ section }) => section === "Decisions")
    .map(({ title, route }) => `- [${title}](./${route.replace("decisions/", "")})`);
  return `# Decisions\n\nWhat was decided, why, and what was refused.\n\n${links.join("\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(out, { recursive: true, force: true });
  const pages = linkedPages();
  for (const page of pages) {
    write(page.route, frontMatter(page) + page.text);
    write(`public/${page.route}`, page.text); // the same page as text, for programs
  }
  write("decisions/index.md", decisionsIndex(pages));
  write("public/llms.txt", llmsIndex(pages));
  write("public/llms-full.txt", llmsFullText(pages));
  cpSync(join(root, "docs/screenshots"), join(out, "screenshots"), { recursive: true });
  cpSync(join(root, "apps/web-next/src/app/icon.svg"), join(out, "public/logo.svg"));
  cpSync(join(here, "landing.md"), join(out, "index.md"));
  await writeApiReference(join(out, "api"));
  console.log(`${pages.length} pages, ${apiEntries().length} entries of the API`);
}
