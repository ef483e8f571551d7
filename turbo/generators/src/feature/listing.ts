import type { Source } from "../code/source.js";
import { openSource } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import { appsOf, importsName, type App } from "./app-files.js";
import { channelSlugs, openChannelFile, said, type ChannelFile } from "./channel-file.js";
import { FeatureFiles } from "./feature-files.js";
import { featuresOf } from "./features.js";
import { channelNames, type ChannelNames } from "./names.js";
import { registrationOf } from "./registration.js";
import { scopeOf } from "./scope-of.js";
import { scopeWords } from "./scope.js";

const PRESENCE = "-presence";
const UNREAD = "?"; // its file describes it in another way than the generators do

/** Features with the apps that bind them, and their channels: name, scope, handler, and whether they are bound. */
export function listing(tree: Tree, only: string | undefined): string {
  const apps = appsOf(tree);
  const features = only === undefined ? featuresOf(tree) : [new FeatureFiles(tree, only).names.feature];
  if (features.length === 0) return "There is no feature yet: make one with `feature <name>`.\n";
  return features.map((feature) => featureText(tree, { feature, apps })).join("\n");
}

interface Listed {
  readonly feature: string;
  readonly apps: readonly App[];
}

function featureText(tree: Tree, { feature, apps }: Listed): string {
  const files = new FeatureFiles(tree, feature);
  const binding = apps.filter(({ features }) => features && importsName(features, files.names.bindProduction));
  const by = binding.map(({ folder }) => folder).join(", ");
  const slugs = [...channelSlugs(tree, files.names.folder)].sort(); // a presence channel after its own
  const rows = slugs.map((slug) => {
    const own = slug.endsWith(PRESENCE) && slugs.includes(slug.slice(0, -PRESENCE.length));
    const channel = channelNames(own ? slug.slice(0, -PRESENCE.length) : slug);
    return own ? presenceRow(channel, binding) : channelRow(tree, { files, channel, isInApp: by !== "" });
  });
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`);
  const head = `${feature}: ${by === "" ? "bound by no app" : `bound by ${by}`}`;
  return [head, ...(lines.length === 0 ? ["  no channel yet"] : lines), ""].join("\n");
}

type Row = readonly [name: string, scope: string, handler: string, state: string];

interface ChannelPlace {
  readonly files: FeatureFiles;
  readonly channel: ChannelNames;
  readonly isInApp: boolean;
}

function channelRow(tree: Tree, { files, channel, isInApp }: ChannelPlace): Row {
  const file = readChannel(files, channel);
  if (!file) return [channel.slug, UNREAD, UNREAD, UNREAD];
  const name = said(file, "name");
  const scope = scopeOf(file);
  const hasHandler = files.find(`src/${channel.handlerModule}.ts`) !== undefined;
  const isRegistered = sourcesOfBinding(tree, files).some((source) => registrationOf(source, channel.channel));
  return [
    name?.type === "Literal" ? String(name.value) : UNREAD,
    scope ? scopeWords(scope) : UNREAD,
    hasHandler ? `on-${channel.slug}` : "no handler",
    isRegistered ? (isInApp ? "bound" : "registered, and bound by no app") : "not bound",
  ];
}

function presenceRow({ presence, slug }: ChannelNames, apps: readonly App[]): Row {
  const isKept = apps.some(({ features }) => features && importsName(features, presence));
  return [`presence of ${slug}`, "as that", "createPresence", isKept ? "bound" : "not bound"];
}

function readChannel(files: FeatureFiles, { channel, channelModule }: ChannelNames): ChannelFile | undefined {
  const path = `src/${channelModule}.ts`;
  try {
    return openChannelFile(files.path(path), files.read(path), channel);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** What is in `src/di`: a feature may register its channels in more files than the generators do. */
function sourcesOfBinding(tree: Tree, files: FeatureFiles): readonly Source[] {
  return tree
    .list(files.path("src/di"))
    .filter(({ name, kind }) => kind === "file" && name.endsWith(".ts") && !name.includes(".test."))
    .map(({ name }) => openSource(files.path(`src/di/${name}`), files.read(`src/di/${name}`)));
}
