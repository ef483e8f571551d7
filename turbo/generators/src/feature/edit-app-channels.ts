import type { Style } from "../code/format.js";
import { findAnchor } from "../code/find-anchor.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { insertImport } from "../code/insert-import.js";
import { changeOf, openSource } from "../code/source.js";
import type { Change } from "../workspace/change.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { APP_CHANNELS } from "./anchors.js";
import { ensureDependencies } from "./ensure-dependencies.js";
import type { FeatureNames } from "./names.js";

/** Puts a feature's channels on each app's list, so that its clients know them by type. */
export async function listInApps(tree: Tree, feature: FeatureNames, style: Style): Promise<readonly Change[]> {
  const apps = tree.list("apps").flatMap(({ name, kind }) => (kind === "folder" ? [`apps/${name}`] : []));
  const changes = await Promise.all(apps.map((app) => listInApp(tree, { app, feature }, style)));
  return changes.flat();
}

interface Listing {
  readonly app: string;
  readonly feature: FeatureNames;
}

async function listInApp(tree: Tree, { app, feature }: Listing, style: Style): Promise<readonly Change[]> {
  const { channels, packageName } = feature;
  const path = filesBelow(tree, `${app}/src`).find((file) => file.endsWith(`/${APP_CHANNELS.file}`));
  const manifest = tree.read(`${app}/package.json`);
  if (path === undefined || manifest === undefined) return [];
  const source = openSource(path, tree.read(path) ?? "");
  findAnchor(source, APP_CHANNELS); // lost or doubled is refused, whether it is needed this time or not
  if (!new RegExp(`\\btypeof ${channels}\\b`).test(source.text)) {
    await insertAtAnchor(source, { anchor: APP_CHANNELS, code: `typeof ${channels}`, style });
    await insertImport(source, { names: [channels], from: packageName, isType: true }, style);
  }
  const needs = { dependencies: [packageName], devDependencies: [] };
  return [changeOf(source), await ensureDependencies(`${app}/package.json`, manifest, needs)];
}
