import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS, type Anchor } from "./anchors.js";
import { appsOf } from "./app-files.js";
import { FeatureFiles } from "./feature-files.js";
import { featuresOf } from "./features.js";

/** What is wrong with the anchors of a workspace's features and apps; each has every anchor once, in its place. */
export function anchorFaults(tree: Tree): readonly string[] {
  const open = (feature: string, anchor: Anchor) => () => new FeatureFiles(tree, feature).openAnchored(anchor);
  const features = featuresOf(tree).flatMap((feature) =>
    Object.values(ANCHORS).flatMap((anchor) => faultOf(open(feature, anchor)) ?? []),
  );
  return [...features, ...(faultOf(() => appsOf(tree)) ?? [])];
}

function faultOf(open: () => unknown): readonly string[] | undefined {
  try {
    open();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return [error.message];
    throw error;
  }
}
