import type { Style } from "./code/format.js";
import { planCorePackage } from "./core-package/plan-core-package.js";
import { planChannel } from "./feature/plan-channel.js";
import { planFeature } from "./feature/plan-feature.js";
import { planHandler } from "./feature/plan-handler.js";
import { planLivePage } from "./feature/plan-live-page.js";
import { planLiveTable } from "./feature/plan-live-table.js";
import { planRemove } from "./feature/plan-remove.js";
import { planSqlChannel } from "./feature/plan-sql-channel.js";
import type { GeneratorInput } from "./input.js";
import { realChanges, type Change } from "./workspace/change.js";
import type { Tree } from "./workspace/tree.js";

/** Where core packages come from, and how the workspace formats its code. */
export interface PlanOptions {
  readonly donor: Tree;
  readonly style: Style;
}

/** What a request comes to. Pure: reads the trees, writes nothing; nothing to change is an empty plan. */
export async function plan(
  tree: Tree,
  input: GeneratorInput,
  { donor, style }: PlanOptions,
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
      return realChanges(await planCorePackage(tree, input, { donor, style }));
  }
}
