import { listSpan } from "../code/list-span.js";
import { changeWithout, removeEntry, removeStatement, removeUnusedImports } from "../code/remove.js";
import type { Style } from "../code/format.js";
import type { Source } from "../code/source.js";
import { topLevelConst } from "../code/top-level-const.js";
import { Refusal } from "../refusal.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { appsOf } from "./app-files.js";
import { openBindFiles } from "./bind-files.js";
import { openChannelFile } from "./channel-file.js";
import { channelFiles } from "./channel-files.js";
import { removeSymbol } from "./edit-symbols.js";
import { FeatureFiles } from "./feature-files.js";
import { checkIsOurs, checkIsUnused, removal } from "./handmade.js";
import { channelNames, type ChannelNames } from "./names.js";
import type { RemoveRequest } from "./plan-remove.js";
import { handlerTexts } from "./remove-handler.js";
import { unregisterChannel } from "./remove-registration.js";
import { seedOfChannel } from "./seed-of-channel.js";
import { checkSlug } from "./slug.js";

/** A channel's files, exports, registration and name in traces, taken out. */
export async function planRemoveChannel(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const channel = channelNames(checkSlug(request.slug, "channel"));
  const path = files.path(`src/${channel.channelModule}.ts`);
  const text = tree.read(path);
  if (text === undefined) throw new Refusal(`${path} is not there: nothing is removed. \`list\` shows what there is.`);
  const paths = modulesOf(channel)
    .flatMap((module) => [`src/${module}.ts`, `src/${module}.test.ts`])
    .map((file) => files.path(file))
    .filter((file) => tree.read(file) !== undefined);
  const barrel = files.openAnchored(ANCHORS.channels);
  const symbols = files.openAnchored(ANCHORS.symbols);
  const bindings = openBindFiles(files, style);
  const features = appsOf(tree).flatMap((app) => app.features ?? []);
  const edited = [barrel, symbols, ...bindings.map(({ source }) => source), ...features];
  if (!request.isForced) {
    await checkIsOurs(tree, { paths, ours: oursOf(files, { channel, text, path }) }, style);
    const names = new RegExp(`\\b(${channel.channel}|${channel.presence})\\b`);
    checkIsUnused(scoped(tree, files), [...paths, ...edited.map((source) => source.path)], names);
  }
  for (const name of [channel.channel, channel.presence]) unlist(barrel, { name, list: files.names.channels });
  for (const binding of bindings) unregisterChannel(binding, channel);
  removeSymbol(symbols, { feature: files.names, channel });
  for (const source of features) unlist(source, { name: channel.presence, list: "presenceChannels" });
  const changes = await Promise.all(edited.map((source) => changeWithout(source, style)));
  return realChanges([...paths.map((file) => removal(tree, file)), ...changes]);
}

function modulesOf(channel: ChannelNames): readonly string[] {
  return [channel.channelModule, channel.handlerModule, channel.openingModule, channel.presenceModule];
}

interface Described {
  readonly channel: ChannelNames;
  readonly text: string;
  readonly path: string;
}

/** What the generators would have written: with the channel, or later with its handler. */
function oursOf(files: FeatureFiles, { channel, text, path }: Described): ReadonlyMap<string, readonly string[]> {
  const ours = new Map<string, string[]>();
  const add = (all: Readonly<Record<string, string>>) => {
    for (const [file, one] of Object.entries(all)) ours.set(file, [...(ours.get(file) ?? []), one]);
  };
  const file = openChannelFile(path, text, channel.channel);
  const seed = seedOfChannel(files, channel, file);
  if (!seed) return ours;
  add(channelFiles(files, seed));
  add(handlerTexts(files, channel));
  const payload = /^ {2}payload: (.*),$/m;
  const before = ours.get(path)?.[0] ?? "";
  add({ [path]: before.replace(payload, (line, schema: string) => `${line}\n  inbound: ${schema},`) }); // as its handler adds it
  return ours;
}

/** The files that may use a channel: those of its own feature, and those that import the feature. */
export function scoped(tree: Tree, files: FeatureFiles): Tree {
  const { folder, packageName } = files.names;
  const importing = new RegExp(`"${packageName}["/]`); // the package, or one of its entries
  const read = (path: string): string | undefined => {
    const text = tree.read(path);
    return path.startsWith(`${folder}/`) || text?.match(importing) ? text : "";
  };
  return { read, list: (path) => tree.list(path) };
}

interface Listed {
  readonly name: string;
  readonly list: string;
}

/** Takes a name out of a list of the module, and its import and export with it. */
export function unlist(source: Source, { name, list: listName }: Listed): void {
  const list = topLevelConst(source, listName);
  if (list?.type === "ArrayExpression") {
    const entry = list.elements.find((each) => each?.type === "Identifier" && each.name === name);
    if (entry) {
      removeEntry(source, listSpan(source, list), entry);
      removeUnusedImports(source, [entry]);
    }
  }
  for (const statement of source.program.body)
    if (statement.type === "ExportNamedDeclaration" && statement.source && statement.specifiers.length === 1) {
      const [specifier] = statement.specifiers;
      if (specifier?.exported.type === "Identifier" && specifier.exported.name === name)
        removeStatement(source, statement);
    }
}
