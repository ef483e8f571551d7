import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS, type Anchor } from "./anchors.js";
import { FeatureFiles } from "./feature-files.js";
import { featuresOf } from "./features.js";

/** What is wrong with the anchors of a workspace's features; each has every anchor once, in its place. */
export function anchorFaults(tree: Tree): readonly string[] {
  return featuresOf(tree).flatMap((feature) =>
    Object.values(ANCHORS).flatMap((anchor) => faultOf(new FeatureFiles(tree, feature), anchor) ?? []),
  );
}

function faultOf(files: FeatureFiles, anchor: Anchor): string | undefined {
  try {
    files.openAnchored(anchor);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
