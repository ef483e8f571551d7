import { readJson } from "../code/json-source.js";
import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import { featureNames, type FeatureNames } from "./names.js";
import { checkSlug } from "./slug.js";

/** The features of a workspace: the folders below packages/ whose turbo tag is "feature". */
export function featuresOf(tree: Tree): readonly string[] {
  return tree.list("packages").flatMap(({ name, kind }) => (kind === "folder" && isFeature(tree, name) ? [name] : []));
}

/** A feature by its name; refuses one that is not there, and says which are. */
export function findFeature(tree: Tree, feature: string): FeatureNames {
  checkSlug(feature, "feature");
  if (isFeature(tree, feature)) return featureNames(feature);
  const known = featuresOf(tree);
  const others = known.length === 0 ? "there is none yet" : `there are: ${known.join(", ")}`;
  throw new Refusal(`No feature "${feature}" (${others}). Make it first: pnpm turbo gen feature --args ${feature}`);
}

function isFeature(tree: Tree, name: string): boolean {
  const path = `packages/${name}/turbo.json`;
  const text = tree.read(path);
  if (text === undefined) return false;
  const { tags } = readJson(path, text);
  return Array.isArray(tags) && tags.includes("feature");
}
