import type { Expression } from "oxc-parser";
import { appendToList } from "../code/append-to-list.js";
import {
  isJsonObject,
  jsonChangeOf,
  keyOf,
  openJson,
  readJson,
  type JsonObject,
  type JsonSource,
} from "../code/json-source.js";
import { listSpan } from "../code/list-span.js";
import { mergeJson } from "../code/merge-json.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";

/** What the workspace's root runs, as development dependencies from the catalog. */
export const ROOT_TOOLS = ["@turbo/gen", "eslint", "turbo", "typescript", "typescript-eslint"];

const CONDITION = "@repo/source";

/** The root's JSON files: its manifest, the compiler's options and turbo's tasks. */
export async function wireJson(tree: Tree, donor: Tree): Promise<readonly Change[]> {
  return [await manifest(tree, donor), await compiler(tree, donor), await tasks(tree, donor)];
}

async function manifest(tree: Tree, donor: Tree): Promise<Change> {
  const path = "package.json";
  const before = tree.read(path);
  if (before === undefined) throw new Refusal(`There is no ${path} here: run this at the root of a workspace.`);
  const source = openJson(path, before);
  const present = readJson(path, before);
  const { packageManager } = readJson(path, donor.read(path) ?? "{}");
  const tools = ROOT_TOOLS.filter((name) => !Object.hasOwn(Object(present["dependencies"]), name));
  await mergeJson(source, {
    ...(packageManager === undefined ? {} : { packageManager }), // turbo reads the root's kind off it
    scripts: { "gen:realtime": "node turbo/generators/generate.mjs" },
    devDependencies: {
      ...Object.fromEntries(tools.map((name) => [name, "catalog:"])),
      "eslint-plugin-realtime": "workspace:*",
    },
  });
  return jsonChangeOf(source);
}

/** The packages read each other's sources through a condition, which needs one of the newer ways to find a module. */
async function compiler(tree: Tree, donor: Tree): Promise<Change> {
  const path = "tsconfig.base.json";
  const ours = donor.read(path) ?? "{}";
  const before = tree.read(path);
  if (before === undefined) return { path, before, after: ours };
  const source = openJson(path, before);
  const present = optionsOf(readJson(path, before));
  const wanted = optionsOf(readJson(path, ours));
  for (const option of ["module", "moduleResolution"]) {
    const value = String(present[option] ?? wanted[option]).toLowerCase();
    if (!["esnext", "preserve", "bundler"].includes(value))
      throw new Refusal(
        `${path} has "${option}": "${value}", and these packages need "${String(wanted[option])}": set it first.`,
      );
  }
  await addCondition(source);
  const essential = Object.entries(wanted).filter(([option]) => ESSENTIAL.has(option));
  await mergeJson(source, { compilerOptions: Object.fromEntries(essential) });
  return jsonChangeOf(source);
}

/** A workspace with conditions of its own gets ours beside them. */
async function addCondition(source: JsonSource): Promise<void> {
  const conditions = propertyOf(propertyOf(source.root, "compilerOptions"), "customConditions");
  if (conditions?.type !== "ArrayExpression") return;
  if (conditions.elements.some((entry) => entry?.type === "Literal" && entry.value === CONDITION)) return;
  await appendToList(source, listSpan(source, conditions), {
    added: [JSON.stringify(CONDITION)],
    style: {},
  });
}

function propertyOf(node: Expression | undefined, key: string): Expression | undefined {
  const properties = node?.type === "ObjectExpression" ? node.properties : [];
  const found = properties.find((property) => keyOf(property) === key);
  return found?.type === "Property" ? found.value : undefined;
}

/** Without these the packages do not compile; stricter rules of ours stay out of code that is not ours. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  "target",
  "lib",
  "module",
  "moduleResolution",
  "customConditions",
  "strict",
  "skipLibCheck",
  "noEmit",
  "ignoreDeprecations",
]);

async function tasks(tree: Tree, donor: Tree): Promise<Change> {
  const path = "turbo.json";
  const ours = donor.read(path) ?? "{}";
  const before = tree.read(path);
  if (before === undefined) return { path, before, after: ours };
  const source = openJson(path, before);
  const { tasks: wanted = {}, boundaries = {} } = readJson(path, ours);
  await mergeJson(source, { tasks: wanted, boundaries });
  return jsonChangeOf(source);
}

function optionsOf(config: JsonObject): JsonObject {
  const options = config["compilerOptions"];
  return isJsonObject(options) ? options : {};
}
