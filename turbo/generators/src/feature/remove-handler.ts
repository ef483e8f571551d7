import type { Style } from "../code/format.js";
import { changeWithout } from "../code/remove.js";
import { Refusal } from "../refusal.js";
import { handlerTestTemplate } from "../template/handler-test.template.js";
import { handlerTemplate } from "../template/handler.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { openBindFiles } from "./bind-files.js";
import { openChannelFile } from "./channel-file.js";
import { removeSymbol } from "./edit-symbols.js";
import { FeatureFiles } from "./feature-files.js";
import { handlerSeed } from "./handler-seed.js";
import { checkIsOurs, removal } from "./handmade.js";
import { openInbound } from "./inbound.js";
import { channelNames, type ChannelNames } from "./names.js";
import type { RemoveRequest } from "./plan-remove.js";
import { unregisterHandler } from "./remove-registration.js";
import { checkSlug } from "./slug.js";

/** A handler's files and its name in traces, taken out; its channel stays registered, and keeps its `inbound`. */
export async function planRemoveHandler(tree: Tree, request: RemoveRequest, style: Style): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const channel = channelNames(checkSlug(request.slug, "channel"));
  const paths = [`src/${channel.handlerModule}.ts`, `src/${channel.handlerModule}.test.ts`]
    .map((file) => files.path(file))
    .filter((path) => tree.read(path) !== undefined);
  if (paths.length === 0)
    throw new Refusal(
      `${files.path(`src/${channel.handlerModule}.ts`)} is not there: nothing is removed. \`list\` shows what there is.`,
    );
  const symbols = files.openAnchored(ANCHORS.symbols);
  const bindings = openBindFiles(files, style);
  if (!request.isForced) {
    const ours = Object.entries(handlerTexts(files, channel)).map(([path, text]) => [path, [text]] as const);
    await checkIsOurs(tree, { paths, ours: new Map(ours) }, style);
  }
  removeSymbol(symbols, { feature: files.names, channel });
  for (const binding of bindings) await unregisterHandler(binding, channel);
  const edited = [symbols, ...bindings.map(({ source }) => source)];
  const changes = await Promise.all(edited.map((source) => changeWithout(source, style)));
  return realChanges([...paths.map((path) => removal(tree, path)), ...changes]);
}

/** What the generator of handlers would write for a channel as it is; nothing where it would refuse. */
export function handlerTexts(files: FeatureFiles, channel: ChannelNames): Readonly<Record<string, string>> {
  const path = `src/${channel.channelModule}.ts`;
  const text = files.find(path);
  if (text === undefined) return {};
  try {
    const file = openChannelFile(files.path(path), text, channel.channel);
    const seed = handlerSeed({ file, channel, inbound: openInbound(file), sample: undefined });
    return {
      [files.path(`src/${channel.handlerModule}.ts`)]: handlerTemplate(seed),
      [files.path(`src/${channel.handlerModule}.test.ts`)]: handlerTestTemplate(seed),
    };
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
}
