import type { Style } from "./code/format.js";
import type { Sources } from "./core-package/core-sources.js";
import { planCorePackage } from "./core-package/plan-core-package.js";
import { planChannel } from "./feature/plan-channel.js";
import { planFeature } from "./feature/plan-feature.js";
import { planHandler } from "./feature/plan-handler.js";
import { planLivePage } from "./feature/plan-live-page.js";
import { planLiveTable } from "./feature/plan-live-table.js";
import { planRemove } from "./feature/plan-remove.js";
import { planSqlChannel } from "./feature/plan-sql-channel.js";
import type { GeneratorInput } from "./input.js";
import type { Change } from "./workspace/change.js";
import type { Tree } from "./workspace/tree.js";

/** Where core packages come from, and how the workspace formats its code. */
export interface PlanOptions {
  readonly donor: Tree;
  /** The donor's history, for updates of what was copied from it; none where it is no repository. */
  readonly history?: Omit<Sources, "tree">;
  readonly style: Style;
  /** Receives what is left to be done by hand. */
  readonly onRemark?: (remark: string) => void;
}

const NO_HISTORY = { commit: undefined, readAt: () => undefined };

/** What a request comes to. Pure: reads the trees, writes nothing; nothing to change is an empty plan. */
export async function plan(
  tree: Tree,
  input: GeneratorInput,
  { donor, history = NO_HISTORY, style, onRemark = () => {} }: PlanOptions,
): Promise<readonly Change[]> {
  switch (input.generator) {
    case "feature":
      return planFeature(tree, input, style);
    case "channel":
      return planChannel(tree, input, style);
    case "sql-channel":
      return planSqlChannel(tree, input, style);
    case "live":
      return planLivePage(tree, input, style);
    case "live-table":
      return planLiveTable(tree, input, style);
    case "handler":
      return planHandler(tree, input, style);
    case "remove":
      return planRemove(tree, input, style);
    case "core-package":
      return planCorePackage(tree, input, { sources: { ...history, tree: donor }, style, onRemark });
  }
}
