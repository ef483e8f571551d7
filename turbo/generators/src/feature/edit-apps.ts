import type { Style } from "../code/format.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { insertImport } from "../code/insert-import.js";
import { changeOf, type Source } from "../code/source.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { APP_CHANNELS, APP_FEATURES, APP_PRESENCE } from "./anchors.js";
import { appsOf, importsName, type App } from "./app-files.js";
import { ensureDependencies } from "./dependencies.js";
import type { FeatureNames } from "./names.js";

/** What each app receives of a feature. */
export interface Listing {
  readonly feature: FeatureNames;
  /** Whether it has a channel, so that clients know its channels by type. */
  readonly hasChannels: boolean;
  /** A presence channel of it, for the apps that keep who is there. */
  readonly presence?: string | undefined;
}

/** Puts a feature on the list of each app that has one: to be bound by its server, and known to its clients by type. */
export async function listInApps(tree: Tree, listing: Listing, style: Style): Promise<readonly Change[]> {
  const changes = await Promise.all(appsOf(tree).map((app) => listInApp(app, listing, style)));
  return changes.flat();
}

async function listInApp(
  app: App,
  { feature, hasChannels, presence }: Listing,
  style: Style,
): Promise<readonly Change[]> {
  const channels = hasChannels ? app.channels : undefined;
  if (app.features) await listFeature(app.features, feature, style);
  if (app.features && presence !== undefined) await listPresence(app.features, { feature, presence }, style);
  if (channels) await listChannels(channels, feature, style);
  const sources = [app.features, channels].filter((source) => source !== undefined);
  if (sources.length === 0) return [];
  const needs = { dependencies: [feature.packageName], devDependencies: [] };
  return [...sources.map(changeOf), await ensureDependencies(`${app.folder}/package.json`, app.manifest, needs)];
}

async function listFeature(source: Source, feature: FeatureNames, style: Style): Promise<void> {
  const { bindProduction, bindDevSeed, packageName } = feature;
  if (importsName(source, bindProduction)) return;
  const code = `{ production: ${bindProduction}, development: ${bindDevSeed} }`;
  await insertAtAnchor(source, { anchor: APP_FEATURES, code, style });
  await insertImport(source, { names: [bindDevSeed, bindProduction], from: packageName }, style);
}

interface PresenceListing {
  readonly feature: FeatureNames;
  readonly presence: string;
}

async function listPresence(source: Source, { feature, presence }: PresenceListing, style: Style): Promise<void> {
  if (importsName(source, presence)) return;
  await insertAtAnchor(source, { anchor: APP_PRESENCE, code: presence, style });
  await insertImport(source, { names: [presence], from: feature.packageName }, style);
}

async function listChannels(source: Source, { channels, packageName }: FeatureNames, style: Style): Promise<void> {
  if (new RegExp(`\\btypeof ${channels}\\b`).test(source.text)) return;
  await insertAtAnchor(source, { anchor: APP_CHANNELS, code: `typeof ${channels}`, style });
  await insertImport(source, { names: [channels], from: packageName, isType: true }, style);
}
