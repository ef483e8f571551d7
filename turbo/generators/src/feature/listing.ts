import type { Tree } from "../workspace/tree.js";

/** What there is. */
export function listing(_tree: Tree, _feature: string | undefined): string {
  return "";
}
