import type { Source } from "../code/source.js";
import { openSource } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";
import { appsOf, importsName, type App } from "./app-files.js";
import { channelSlugs, openChannelFile, said, type ChannelFile } from "./channel-file.js";
import { FeatureFiles } from "./feature-files.js";
import { featuresOf } from "./features.js";
import { channelNames, type ChannelNames } from "./names.js";
import { liveParts } from "./live-parts.js";
import { otherChannels, registrationIn } from "./other-channels.js";
import { scopeOf } from "./scope-of.js";
import { scopeWords } from "./scope.js";

const PRESENCE = "-presence";
const UNREAD = "?"; // its file describes it in another way than the generators do

/** Features with the apps that bind them, their channels (name, scope, handler, whether they are bound), pages, tables and channels in SQL. */
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
  const channels = slugs.flatMap((slug) => {
    const own = slug.endsWith(PRESENCE) && slugs.includes(slug.slice(0, -PRESENCE.length));
    const channel = channelNames(own ? slug.slice(0, -PRESENCE.length) : slug);
    const place = { files, channel, binding };
    return own ? [presenceRow(`presence of ${channel.slug}`, channel.presence, binding)] : channelRows(tree, place);
  });
  const rows: readonly Row[] = [...channels, ...liveParts(tree, files)];
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  const head = `${feature}: ${by === "" ? "bound by no app" : `bound by ${by}`}`;
  return [head, ...(lines.length === 0 ? ["  no channel yet"] : lines), ""].join("\n");
}

type Row = readonly [name: string, scope: string, handler: string, state: string];

interface ChannelPlace {
  readonly files: FeatureFiles;
  readonly channel: ChannelNames;
  /** The apps that bind the feature. */
  readonly binding: readonly App[];
}

function channelRows(tree: Tree, { files, channel, binding }: ChannelPlace): readonly Row[] {
  const sources = sourcesOfBinding(tree, files);
  const file = readChannel(files, channel);
  if (!file) return otherRows(sources, { files, channel, binding });
  const name = said(file, "name");
  const scope = scopeOf(file);
  const hasHandler = files.find(`src/${channel.handlerModule}.ts`) !== undefined;
  const registered = registrationIn(sources, [channel.channel]);
  return [
    [
      name?.type === "Literal" ? String(name.value) : UNREAD,
      scope ? scopeWords(scope) : UNREAD,
      hasHandler ? `on-${channel.slug}` : "no handler",
      stateOf(registered, binding),
    ],
  ];
}

/** The channels of a file that no generator has written. */
function otherRows(sources: readonly Source[], { files, channel, binding }: ChannelPlace): readonly Row[] {
  const path = `src/${channel.channelModule}.ts`;
  const found = otherChannels(openSource(files.path(path), files.read(path)));
  if (found.length === 0) return [[channel.slug, UNREAD, UNREAD, UNREAD]];
  return found.map(({ constants, kind, name = UNREAD, scope = UNREAD }) => {
    if (kind === "presence") return presenceRow(name, constants[0] ?? "", binding);
    const registered = registrationIn(sources, constants);
    return [name, scope, registered === "register" ? "its own" : "no handler", stateOf(registered, binding)];
  });
}

function stateOf(registered: string | undefined, binding: readonly App[]): string {
  if (registered === undefined) return "not bound";
  return binding.length > 0 ? "bound" : "registered, and bound by no app";
}

function presenceRow(name: string, constant: string, apps: readonly App[]): Row {
  const isKept = apps.some(({ features }) => features && importsName(features, constant));
  return [name, "as that", "createPresence", isKept ? "bound" : "not bound"];
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
