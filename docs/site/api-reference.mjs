import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application } from "typedoc";
import { root } from "./read-pages.mjs";

const PACKAGE = join(root, "published/fourgate");

/** The entries that users import, such as `fourgate/server`, with their sources. */
export function apiEntries() {
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  return Object.entries(exports)
    .filter(([, target]) => typeof target !== "string")
    .map(([entry, target]) => ({
      name: entry.replace(/^\./, "fourgate"),
      source: join(PACKAGE, target["@repo/source"]),
      route: entry === "." ? "api/fourgate.md" : `api/${entry.slice(2)}.md`,
    }));
}

/** One page for each entry, written from the doc comments of the sources. */
export async function writeApiReference(out) {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: apiEntries().map(({ source }) => source),
    tsconfig: join(PACKAGE, "tsconfig.json"),
    basePath: join(PACKAGE, "src"),
    plugin: ["typedoc-plugin-markdown"],
    readme: "none",
    entryFileName: "entries",
    outputFileStrategy: "modules",
    skipErrorChecking: true, // the step "types" checks
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useHTMLAnchors: true, // its numbering of equal names counts rows of tables too, VitePress's does not
    parametersFormat: "table",
    propertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    validation: false,
    logLevel: "Error",
  });
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the entries of published/fourgate.");
  await app.outputs.writeOutput({ name: "markdown", path: out }, project);
  renameSync(join(out, "index.md"), join(out, "fourgate.md"));
  for (const { name, route } of apiEntries()) rewriteEntry(join(out, "..", route), name);
  rewriteEntry(join(out, "entries.md"), "API reference");
}

/** The title is the name to import, and the root entry has a file of its own: `index.md` would be the folder's page. */
function rewriteEntry(file, title) {
  const text = readFileSync(file, "utf8");
  const linked = text.replaceAll(/\]\(((?:\.\.\/)*)index\.md/g, "]($1fourgate.md");
  writeFileSync(file, linked.replace(/^# .+$/m, `# ${title}`));
}
