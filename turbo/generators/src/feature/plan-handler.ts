import type { Style } from "../code/format.js";
import { changeOf } from "../code/source.js";
import { Refusal } from "../refusal.js";
import { handlerTestTemplate } from "../template/handler-test.template.js";
import { handlerTemplate } from "../template/handler.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { openBindFiles } from "./bind-files.js";
import { channelSlugs, openChannelFile, type ChannelFile } from "./channel-file.js";
import { registerChannel } from "./edit-binding.js";
import { nameHandler } from "./edit-symbols.js";
import { ensureDependencies } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { handlerSeed } from "./handler-seed.js";
import { openInbound } from "./inbound.js";
import { channelNames, type ChannelNames } from "./names.js";
import { registrationOf } from "./registration.js";
import { checkSlug } from "./slug.js";

/** A handler that somebody wants. */
export interface HandlerRequest {
  readonly feature: string;
  readonly slug: string;
  /** A message that fits the channel's `inbound`, in JSON; read off the schema where left out. */
  readonly sample?: string | undefined;
}

const NEEDS = {
  dependencies: ["@repo/core-observability", "@repo/core-realtime"],
  devDependencies: ["@repo/core-testing", "vitest"],
};

/** A new handler: its file and test, a name in traces, and its registration in both bind files. */
export async function planHandler(tree: Tree, request: HandlerRequest, style: Style): Promise<readonly Change[]> {
  const channel = channelNames(checkSlug(request.slug, "channel"));
  const files = new FeatureFiles(tree, request.feature);
  const symbols = files.openAnchored(ANCHORS.symbols);
  const bindings = openBindFiles(files, style);
  const file = findChannel(tree, files, channel);
  const isBound = bindings.every(({ source }) => registrationOf(source, channel.channel)?.method === "register");
  if (isBound && files.find(`src/${channel.handlerModule}.ts`) !== undefined) return [];

  const inbound = openInbound(file);
  const seed = handlerSeed({ file, channel, inbound, sample: request.sample });
  const deps = seed.kind === "broadcast" ? [] : ["logger"]; // a message brings its own `broadcast`
  await nameHandler(symbols, { feature: files.names, channel }, style);
  const handler = { handlers: files.names.handlers, deps };
  for (const binding of bindings) await registerChannel(binding, { channel, handler });
  const created = {
    [files.path(`src/${channel.handlerModule}.ts`)]: handlerTemplate(seed),
    [files.path(`src/${channel.handlerModule}.test.ts`)]: handlerTestTemplate(seed),
  };
  return realChanges([
    ...(await newFiles(tree, created, style)),
    ...[file.source, symbols, ...bindings.map(({ source }) => source)].map(changeOf),
    await ensureDependencies(files.path("package.json"), files.read("package.json"), NEEDS),
  ]);
}

function findChannel(tree: Tree, files: FeatureFiles, { slug, channel, channelModule }: ChannelNames): ChannelFile {
  const file = `src/${channelModule}.ts`;
  const text = files.find(file);
  if (text !== undefined) return openChannelFile(files.path(file), text, channel);
  const { feature, folder } = files.names;
  const known = channelSlugs(tree, folder);
  const others = known.length === 0 ? "it has none yet" : `it has ${known.join(", ")}`;
  throw new Refusal(
    `No channel "${slug}" in the feature "${feature}" (${others}). Make it first: pnpm turbo gen realtime --args channel ${feature} ${slug} <scope>`,
  );
}
