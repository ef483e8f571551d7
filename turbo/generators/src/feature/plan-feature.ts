import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import { featureTemplate } from "../template/feature.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { listInApps } from "./edit-apps.js";
import { featuresOf } from "./features.js";
import { NOT_SOURCES } from "./handmade.js";
import { featureNames } from "./names.js";
import { checkSlug } from "./slug.js";

/** A feature that somebody wants. */
export interface FeatureRequest {
  readonly feature: string;
}

const TAKEN = ["core-", "realtime-", "live-"]; // floors below the features; the lint rule knows them by name

/** A new feature package, with its anchors, bound by each app; one that is there already is its author's, and stays as it is. */
export async function planFeature(tree: Tree, request: FeatureRequest, style: Style): Promise<readonly Change[]> {
  const names = featureNames(checkSlug(request.feature, "feature"));
  const prefix = TAKEN.find((taken) => names.feature.startsWith(taken));
  if (prefix)
    throw new Refusal(`A feature is not called "${prefix}…": those are the floors below it. Drop the prefix.`);
  const listed = realChanges(await listInApps(tree, { feature: names, hasChannels: false }, style));
  if (featuresOf(tree).includes(names.feature)) return listed;
  if (filesBelow(tree, names.folder, NOT_SOURCES).length > 0)
    throw new Refusal(`${names.folder} is there already and is no feature: choose another name, or tag it "feature".`);
  const files = Object.entries(featureTemplate(names)).map(([file, text]) => [`${names.folder}/${file}`, text]);
  return [...(await newFiles(tree, Object.fromEntries(files), style)), ...listed];
}
