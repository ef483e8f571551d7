import type { Style } from "../code/format.js";
import { changeWithout } from "../code/remove.js";
import { livePageTestTemplate } from "../template/live-page-test.template.js";
import { livePageTemplate } from "../template/live-page.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { FeatureFiles } from "./feature-files.js";
import { checkIsOurs, checkIsThere, checkIsUnused, removal } from "./handmade.js";
import { livePageNames } from "./live-page-names.js";
import type { RemoveRequest } from "./plan-remove.js";
import { scoped, unlist } from "./remove-channel.js";

/** A page's files and its export, taken out; the dependency on `live-ui` stays. */
export async function planRemoveLivePage(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const names = livePageNames(files.names, request.slug);
  const ours = new Map([
    [files.path(`src/${names.pageModule}.ts`), [livePageTemplate(names)]],
    [files.path(`src/${names.pageModule}.test.ts`), [livePageTestTemplate(names)]],
  ]);
  const paths = checkIsThere(tree, [...ours.keys()]);
  const barrel = files.openAnchored(ANCHORS.channels);
  if (!request.isForced) {
    await checkIsOurs(tree, { paths, ours }, style);
    checkIsUnused(scoped(tree, files), [...paths, barrel.path], new RegExp(`\\b${names.page}\\b`));
  }
  unlist(barrel, { name: names.page, list: files.names.channels });
  return realChanges([...paths.map((path) => removal(tree, path)), await changeWithout(barrel, style)]);
}
