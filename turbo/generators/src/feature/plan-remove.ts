import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";

/** Something generated that somebody wants no longer. */
export interface RemoveRequest {
  /** `channel`, `handler` or `feature`. */
  readonly what: string;
  readonly feature: string;
  readonly slug: string;
  /** Whether files that were changed by hand go too. */
  readonly isForced: boolean;
}

export async function planRemove(_tree: Tree, _request: RemoveRequest, _style: Style): Promise<readonly Change[]> {
  throw new Refusal("not yet");
}
