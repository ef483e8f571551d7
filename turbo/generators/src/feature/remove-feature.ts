import { listSpan } from "../code/list-span.js";
import type { Style } from "../code/format.js";
import { changeWithout, removeEntry, removeUnusedImports, type Piece } from "../code/remove.js";
import type { Source } from "../code/source.js";
import { enclosingList } from "../code/enclosing-list.js";
import { findAnchor } from "../code/find-anchor.js";
import { featureTemplate } from "../template/feature.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { APP_CHANNELS, APP_FEATURES, APP_PRESENCE, type Anchor } from "./anchors.js";
import { appsOf, type App } from "./app-files.js";
import { withoutDependency } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { checkIsOurs, checkIsUnused, NOT_SOURCES, removal } from "./handmade.js";
import type { FeatureNames } from "./names.js";
import type { RemoveRequest } from "./plan-remove.js";

/** A feature's package, and its place on the lists of the apps. What is in it besides what its generator made is changed by hand. */
export async function planRemoveFeature(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const { names } = new FeatureFiles(tree, request.feature);
  const paths = filesBelow(tree, names.folder, NOT_SOURCES);
  const apps = appsOf(tree);
  const lists = apps.flatMap(({ features, channels }) => [features, channels]).filter((list) => list !== undefined);
  if (!request.isForced) {
    const ours = Object.entries(featureTemplate(names)).map(
      ([file, text]) => [`${names.folder}/${file}`, [text]] as const,
    );
    await checkIsOurs(tree, { paths, ours: new Map(ours) }, style);
    checkIsUnused(tree, [...paths, ...lists.map(({ path }) => path)], new RegExp(`["']${names.packageName}["'/]`));
  }
  const changes = await Promise.all(apps.map((app) => withoutFeature(app, names, style)));
  return realChanges([...paths.map((path) => removal(tree, path)), ...changes.flat()]);
}

async function withoutFeature(app: App, names: FeatureNames, style: Style): Promise<readonly Change[]> {
  if (app.features) {
    unlist(app.features, APP_FEATURES, importedFrom(app.features, names.packageName));
    if (app.features.text.includes(APP_PRESENCE.line))
      unlist(app.features, APP_PRESENCE, importedFrom(app.features, names.packageName));
  }
  if (app.channels) unlist(app.channels, APP_CHANNELS, importedFrom(app.channels, names.packageName));
  const edited = [app.features, app.channels].filter((source) => source !== undefined);
  if (edited.length === 0) return [];
  const path = `${app.folder}/package.json`;
  return [
    ...(await Promise.all(edited.map((source) => changeWithout(source, style)))),
    withoutDependency(path, app.manifest, names.packageName),
  ];
}

function importedFrom({ module }: Source, packageName: string): readonly string[] {
  return module.staticImports
    .filter(({ moduleRequest }) => moduleRequest.value === packageName)
    .flatMap(({ entries }) => entries.map(({ localName }) => localName.value));
}

/** Takes each entry out of the anchor's list that mentions one of these names, and then their imports. */
function unlist(source: Source, anchor: Anchor, names: readonly string[]): void {
  const list = enclosingList(source, findAnchor(source, anchor).start);
  if (!list || names.length === 0) return;
  const span = listSpan(source, list);
  const word = new RegExp(`\\b(${names.join("|")})\\b`);
  const entries: readonly Piece[] = span.entries.filter(({ start, end }) => word.test(source.text.slice(start, end)));
  for (const entry of entries) removeEntry(source, span, entry);
  removeUnusedImports(source, entries);
}
