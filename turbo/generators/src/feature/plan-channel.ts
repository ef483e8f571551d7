import type { Style } from "../code/format.js";
import { changeOf } from "../code/source.js";
import { Refusal } from "../refusal.js";
import { channelTestTemplate } from "../template/channel-test.template.js";
import { channelTemplate, type ChannelSeed } from "../template/channel.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { openBindFiles } from "./bind-files.js";
import { openChannelFile, saidText } from "./channel-file.js";
import { listInApps } from "./edit-apps.js";
import { exportChannel } from "./edit-barrel.js";
import { registerChannel } from "./edit-binding.js";
import { ensureDependencies } from "./ensure-dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { channelNames } from "./names.js";
import { scopeOf } from "./scope-of.js";
import { parseScope, scopeSource } from "./scope.js";
import { checkSlug } from "./slug.js";

/** A channel that somebody wants. */
export interface ChannelRequest {
  readonly feature: string;
  readonly slug: string;
  readonly scope: string;
}

const NEEDS = {
  dependencies: ["@repo/core-realtime", "zod"],
  devDependencies: ["@repo/core-testing", "vitest"],
};

/** A new channel: its file and test, exported, listed, and registered for clients to listen to. */
export async function planChannel(tree: Tree, request: ChannelRequest, style: Style): Promise<readonly Change[]> {
  const channel = channelNames(checkSlug(request.slug, "channel"));
  const scope = parseScope(request.scope);
  const files = new FeatureFiles(tree, request.feature);
  const seed = { feature: files.names, channel, scope };
  checkIsTheSame(files, seed);

  const barrel = files.openAnchored(ANCHORS.channels);
  await exportChannel(barrel, seed, style);
  const bindings = openBindFiles(files, style);
  for (const binding of bindings) await registerChannel(binding, { channel });
  const created = {
    [files.path(`src/${channel.channelModule}.ts`)]: channelTemplate(seed),
    [files.path(`src/${channel.channelModule}.test.ts`)]: channelTestTemplate(seed),
  };
  return realChanges([
    ...(await newFiles(tree, created, style)),
    changeOf(barrel),
    ...bindings.map(({ source }) => changeOf(source)),
    await ensureDependencies(files.path("package.json"), files.read("package.json"), NEEDS),
    ...(await listInApps(tree, { feature: files.names, hasChannels: true }, style)),
  ]);
}

/** A channel that is there already must be the one that is asked for. */
function checkIsTheSame(files: FeatureFiles, { channel, scope }: ChannelSeed): void {
  const text = files.find(`src/${channel.channelModule}.ts`);
  if (text === undefined) return;
  const file = openChannelFile(files.path(`src/${channel.channelModule}.ts`), text, channel.channel);
  const present = scopeOf(file);
  if (present && scopeSource(present) === scopeSource(scope)) return;
  const says = saidText(file, "scope") ?? "none";
  throw new Refusal(`${file.source.path} is there already, with the scope ${says}: change its scope there, by hand.`);
}
