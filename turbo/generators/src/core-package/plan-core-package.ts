import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import type { Sources } from "./core-sources.js";
import { planEject } from "./plan-eject.js";
import { planOverFourgate } from "./plan-over-fourgate.js";
import { planUpdate } from "./plan-update.js";

/** A set of packages that somebody wants: over `fourgate`, or as sources, or those sources brought up to date. */
export interface CorePackageRequest {
  readonly name: string;
  readonly mode: "package" | "eject" | "update";
  /** For an update: files that stay as they are and count as merged. */
  readonly keep: readonly string[];
}

interface Options {
  readonly sources: Sources;
  readonly style: Style;
  /** Receives what is left to be done by hand. */
  readonly onRemark: (remark: string) => void;
}

/** `@repo/core-realtime` and what belongs to it. */
export async function planCorePackage(
  tree: Tree,
  { name, mode, keep }: CorePackageRequest,
  options: Options,
): Promise<readonly Change[]> {
  if (name !== "realtime") throw new Refusal(`There is no core package "${name}"; there is: realtime.`);
  const { sources, style, onRemark } = options;
  switch (mode) {
    case "eject":
      return realChanges(await planEject(tree, sources, style));
    case "update":
      return realChanges(await planUpdate(tree, { sources, style, keep, onRemark }));
    case "package": {
      const { changes, remarks } = planOverFourgate(tree);
      remarks.forEach(onRemark);
      return realChanges(changes);
    }
  }
}
