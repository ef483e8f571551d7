import { formatFile, type Style } from "../code/format.js";
import { jsonChangeOf, openJson, type JsonObject } from "../code/json-source.js";
import { mergeJson } from "../code/merge-json.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ensureDependencies } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { liveTableFiles } from "./live-table-files.js";
import { liveTableNames } from "./live-table-names.js";

/** A table that clients shall query. */
export interface LiveTableRequest {
  readonly feature: string;
  readonly table: string;
}

const NEEDS = {
  dependencies: ["@repo/live-query", "@repo/realtime-client", "@repo/realtime-react"],
  devDependencies: ["@repo/realtime-postgres", "@types/node", "@types/react", "react", "vitest"],
};

/** The server's part and the browser's part have entries of their own: neither reaches the other's bundle. */
const MANIFEST: JsonObject = {
  exports: { "./live/*": entry("live"), "./ui/*": entry("ui") },
  peerDependencies: { react: ">=19.2" },
};

const BROWSER: JsonObject = { compilerOptions: { lib: ["ES2023", "DOM", "DOM.Iterable"] } };

/** A migration, the description of its table, a query for React, the types of its rows, and a test. */
export async function planLiveTable(tree: Tree, request: LiveTableRequest, style: Style): Promise<readonly Change[]> {
  const names = liveTableNames(request.table);
  const files = new FeatureFiles(tree, request.feature);
  const { migration, code } = liveTableFiles(tree, files, names);
  const { path, text } = migration;
  const manifest = await ensureDependencies(files.path("package.json"), files.read("package.json"), NEEDS);
  return realChanges([
    ...(tree.read(path) === undefined ? [{ path, before: undefined, after: text }] : []), // Prettier knows no SQL
    ...(await newFiles(tree, Object.fromEntries(code.map((file) => [file.path, file.text])), style)),
    { ...manifest, after: await merged(manifest.path, manifest.after, MANIFEST) },
    await withBrowserTypes(files, style),
  ]);
}

/** The compiler's options with the types of browsers; set anew, because its one line gets too long. */
async function withBrowserTypes(files: FeatureFiles, style: Style): Promise<Change> {
  const path = files.path("tsconfig.json");
  const before = files.read("tsconfig.json");
  const after = await merged(path, before, BROWSER);
  return { path, before, after: after === before ? before : await formatFile(path, after, style) };
}

async function merged(path: string, text: string, wanted: JsonObject): Promise<string> {
  const source = openJson(path, text);
  await mergeJson(source, wanted);
  return jsonChangeOf(source).after;
}

function entry(folder: string): JsonObject {
  return {
    "@repo/source": `./src/${folder}/*.ts`,
    types: `./dist/${folder}/*.d.ts`,
    default: `./dist/${folder}/*.js`,
  };
}
