import { exportsName } from "./edit-barrel.js";
import { openSource } from "../code/source.js";
import type { Tree } from "../workspace/tree.js";
import type { FeatureFiles } from "./feature-files.js";
import { livePageNames } from "./live-page-names.js";

/** A page, a table or channels in SQL, as `list` shows it. */
export type LivePart = readonly [name: string, kind: string, file: string, state: string];

const PAGE = ".page.ts";
const TABLE = ".live-table.ts";
const PATTERN = /insert into realtime\.channels[^;]*?'([^']+)'/i;

/** The pages, live tables and channels in SQL of a feature, by the files that their generators write. */
export function liveParts(tree: Tree, files: FeatureFiles): readonly LivePart[] {
  const barrel = openSource(files.path("src/index.ts"), files.read("src/index.ts"));
  const migrations = namesIn(tree, files.path("migrations"));
  const pages = slugsIn(tree, files.path("src"), PAGE).map((slug): LivePart => {
    const { page, pageModule, path } = livePageNames(files.names, slug);
    return [path, "page", `src/${pageModule}.ts`, exportsName(barrel, page) ? "exported" : "not exported"];
  });
  const tables = slugsIn(tree, files.path("src/live"), TABLE).map((slug): LivePart => {
    const migration = migrations.find((name) => name.endsWith(`_${slug}-table.sql`));
    return [slug.replaceAll("-", "_"), "live table", `src/live/${slug}${TABLE}`, migration ?? "no migration"];
  });
  const channels = migrations.flatMap((name): readonly LivePart[] => {
    const pattern = name.endsWith("-channel.sql") ? PATTERN.exec(files.read(`migrations/${name}`))?.[1] : undefined;
    return pattern === undefined ? [] : [[pattern, "channels in SQL", `migrations/${name}`, ""]];
  });
  return [...pages, ...tables, ...channels];
}

function slugsIn(tree: Tree, folder: string, suffix: string): readonly string[] {
  return namesIn(tree, folder).flatMap((name) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
}

function namesIn(tree: Tree, folder: string): readonly string[] {
  return tree
    .list(folder)
    .flatMap(({ name, kind }) => (kind === "file" ? [name] : []))
    .sort();
}
