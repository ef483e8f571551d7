import type { Style } from "../code/format.js";
import { changeOf, openSource } from "../code/source.js";
import { Refusal } from "../refusal.js";
import { livePageTestTemplate } from "../template/live-page-test.template.js";
import { livePageTemplate } from "../template/live-page.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { exportName, exportsName } from "./edit-barrel.js";
import { ensureDependencies } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { livePageNames, type LivePageNames } from "./live-page-names.js";

/** A server-driven page that somebody wants. */
export interface LivePageRequest {
  readonly feature: string;
  readonly page: string;
}

const NEEDS = {
  dependencies: ["@repo/live-ui", "zod"],
  devDependencies: ["vitest"],
};

/** A new page: its file and test, exported by the feature for an app to serve. */
export async function planLivePage(tree: Tree, request: LivePageRequest, style: Style): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const names = livePageNames(files.names, request.page);
  checkExportsPage(files, names);
  const barrel = files.openAnchored(ANCHORS.channels);
  await exportName(barrel, { name: names.page, from: `./${names.pageModule}` }, style);
  const created = {
    [files.path(`src/${names.pageModule}.ts`)]: livePageTemplate(names),
    [files.path(`src/${names.pageModule}.test.ts`)]: livePageTestTemplate(names),
  };
  return realChanges([
    ...(await newFiles(tree, created, style)),
    changeOf(barrel),
    await ensureDependencies(files.path("package.json"), files.read("package.json"), NEEDS),
  ]);
}

/** A file that is there already must export what the barrel is going to. */
function checkExportsPage(files: FeatureFiles, { page, pageModule }: LivePageNames): void {
  const file = `src/${pageModule}.ts`;
  const text = files.find(file);
  if (text === undefined || exportsName(openSource(files.path(file), text), page)) return;
  throw new Refusal(
    `${files.path(file)} is there already and does not export ${page}: export its page by that name, or choose another.`,
  );
}
