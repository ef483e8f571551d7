import type { Style } from "../code/format.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { FeatureFiles } from "./feature-files.js";
import { checkIsOurs, checkIsThere, checkIsUnused, removal } from "./handmade.js";
import { liveTableFiles } from "./live-table-files.js";
import { liveTableNames } from "./live-table-names.js";
import type { RemoveRequest } from "./plan-remove.js";
import { scoped } from "./remove-channel.js";

/** A table's migration, description, types, hook and test, taken out; the entries of the package stay, for other tables use them. */
export async function planRemoveLiveTable(
  tree: Tree,
  request: RemoveRequest,
  style: Style,
): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const names = liveTableNames(request.slug);
  const { migration, code } = liveTableFiles(tree, files, names);
  const ours = new Map([migration, ...code].map(({ path, text }) => [path, [text]] as const));
  const paths = checkIsThere(tree, [...ours.keys()]);
  if (!request.isForced) {
    await checkIsOurs(tree, { paths, ours }, style);
    const { liveTable, clientOf, hook, row } = names;
    checkIsUnused(scoped(tree, files), paths, new RegExp(`\\b(${[liveTable, clientOf, hook, row].join("|")})\\b`));
  }
  return realChanges(paths.map((path) => removal(tree, path)));
}
