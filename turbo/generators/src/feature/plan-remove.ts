import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { planRemoveChannel } from "./remove-channel.js";
import { planRemoveFeature } from "./remove-feature.js";
import { planRemoveHandler } from "./remove-handler.js";
import { planRemoveLivePage } from "./remove-live-page.js";
import { planRemoveLiveTable } from "./remove-live-table.js";
import { planRemoveSqlChannel } from "./remove-sql-channel.js";

/** Something generated that somebody wants no longer. */
export interface RemoveRequest {
  /** `feature`, or a key of `PLANS`: the word that generates it. */
  readonly what: string;
  readonly feature: string;
  /** Of the channel, or of the channel whose handler it is; the page, the table, or the pattern of channels in SQL. */
  readonly slug: string;
  /** Whether files that were changed by hand go too. */
  readonly isForced: boolean;
}

/** Takes out what was generated: files, exports, registrations and imports; refuses what was changed by hand. */
export async function planRemove(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const { what, feature, slug } = request;
  if (what === "feature" && slug === "") return planRemoveFeature(tree, request, style);
  const plan = PLANS.get(what);
  if (plan && slug !== "") return plan(tree, request, style);
  const others = [...PLANS.keys()].map((word) => `remove ${word} ${feature} <${NAMES.get(word) ?? "slug"}>`);
  throw new Refusal(`Write what to remove: ${others.join(", ")}, or remove feature ${feature}.`);
}

const PLANS: ReadonlyMap<string, typeof planRemoveChannel> = new Map([
  ["channel", planRemoveChannel],
  ["handler", planRemoveHandler],
  ["sql-channel", planRemoveSqlChannel],
  ["live-table", planRemoveLiveTable],
  ["live", planRemoveLivePage],
]);
const NAMES: ReadonlyMap<string, string> = new Map([
  ["sql-channel", "pattern"],
  ["live-table", "table"],
  ["live", "page"],
]);
