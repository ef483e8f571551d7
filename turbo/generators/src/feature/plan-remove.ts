import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { planRemoveChannel } from "./remove-channel.js";
import { planRemoveFeature } from "./remove-feature.js";
import { planRemoveHandler } from "./remove-handler.js";

/** Something generated that somebody wants no longer. */
export interface RemoveRequest {
  /** `channel`, `handler` or `feature`. */
  readonly what: string;
  readonly feature: string;
  /** Of the channel, or of the channel whose handler it is. */
  readonly slug: string;
  /** Whether files that were changed by hand go too. */
  readonly isForced: boolean;
}

/** Takes out what was generated: files, exports, registrations and imports; refuses what was changed by hand. */
export async function planRemove(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const { what, feature, slug } = request;
  if (what === "feature" && slug === "") return planRemoveFeature(tree, request, style);
  if (what === "channel" && slug !== "") return planRemoveChannel(tree, request, style);
  if (what === "handler" && slug !== "") return planRemoveHandler(tree, request, style);
  throw new Refusal(
    `Write what to remove: remove channel ${feature} <slug>, remove handler ${feature} <slug>, or remove feature ${feature}.`,
  );
}
