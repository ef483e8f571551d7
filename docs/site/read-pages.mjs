import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { routeOf } from "./page-route.mjs";
import { anchorsOf, descriptionOf, titleOf } from "./page-text.mjs";
import { DECISIONS, SECTIONS } from "./sections.mjs";

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every page of the site that is a file of the repository, in the order of the navigation. */
export function readPages() {
  const listed = SECTIONS.flatMap(({ text, pages }) => pages.map((source) => ({ source, section: text })));
  const decisions = readdirSync(join(root, DECISIONS))
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => ({ source: `${DECISIONS}/${file}`, section: "Decisions" }));
  return [...listed, ...decisions].map(readPage);
}

function readPage({ source, section }) {
  const text = readFileSync(join(root, source), "utf8");
  const page = { source, section, text, route: routeOf(source), title: titleOf(text) };
  return { ...page, description: descriptionOf(text), anchors: anchorsOf(text) };
}

/** Each Markdown file that has to be a page: all of docs/, and what every package says about itself. */
export function requiredSources() {
  const docs = readdirSync(join(root, "docs"), { recursive: true })
    .filter((file) => file.endsWith(".md") && !/node_modules|^site\//.test(file))
    .map((file) => `docs/${file}`);
  const readmes = ["packages", "published"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`),
  );
  return [...docs, ...readmes];
}
