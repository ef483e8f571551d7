import type { Style } from "../code/format.js";
import { changeOf } from "../code/source.js";
import type { ChannelSeed } from "../template/channel.template.js";
import { realChanges, type Change } from "../workspace/change.js";
import { newFiles } from "../workspace/new-files.js";
import type { Tree } from "../workspace/tree.js";
import { ANCHORS } from "./anchors.js";
import { openBindFiles } from "./bind-files.js";
import { channelFiles } from "./channel-files.js";
import { parseChannelName } from "./channel-name.js";
import { checkShape, PLAIN, type ChannelShape } from "./channel-shape.js";
import { listInApps } from "./edit-apps.js";
import { exportChannel } from "./edit-barrel.js";
import { registerChannel, type HandlerWiring } from "./edit-binding.js";
import { nameHandler } from "./edit-symbols.js";
import { ensureDependencies } from "./dependencies.js";
import { FeatureFiles } from "./feature-files.js";
import { channelNames } from "./names.js";
import { checkOverlapsNone } from "./overlapping-channel.js";
import { checkIsSameChannel } from "./same-channel.js";
import { parseScope } from "./scope.js";

/** A channel that somebody wants. */
export interface ChannelRequest {
  readonly feature: string;
  /** Its slug, such as `order-status`, or its name with placeholders, such as `polls.{pollId}`. */
  readonly slug: string;
  readonly scope: string;
  /** Left out: one event from the server, and nothing else. */
  readonly shape?: ChannelShape;
}

/** A new channel: its files and tests, exported, listed, registered with its handler and opening, and bound by each app. */
export async function planChannel(tree: Tree, request: ChannelRequest, style: Style): Promise<readonly Change[]> {
  const files = new FeatureFiles(tree, request.feature);
  const seed = seedOf(files, request);
  checkIsSameChannel(files, seed);
  checkOverlapsNone(tree, seed);
  const { channel, shape } = seed;

  const barrel = files.openAnchored(ANCHORS.channels);
  await exportChannel(barrel, { feature: files.names, ...modulesOf(seed) }, style);
  const symbols = files.openAnchored(ANCHORS.symbols);
  const handler: HandlerWiring | undefined =
    shape.inbound.length > 0 ? { handlers: files.names.handlers, deps: [] } : undefined;
  if (handler) await nameHandler(symbols, { feature: files.names, channel }, style);
  const bindings = openBindFiles(files, style);
  for (const binding of bindings) await registerChannel(binding, { channel, handler, hasOpening: shape.opening });
  const listing = { feature: files.names, hasChannels: true, presence: shape.presence ? channel.presence : undefined };
  return realChanges([
    ...(await newFiles(tree, channelFiles(files, seed), style)),
    ...[barrel, symbols, ...bindings.map(({ source }) => source)].map(changeOf),
    await ensureDependencies(files.path("package.json"), files.read("package.json"), needsOf(shape)),
    ...(await listInApps(tree, listing, style)),
  ]);
}

function seedOf({ names }: FeatureFiles, { slug: text, scope: scopeText, shape = PLAIN }: ChannelRequest): ChannelSeed {
  checkShape(shape);
  const scope = parseScope(scopeText);
  const { slug, name } = parseChannelName(names.feature, text, scope);
  return { feature: names, channel: channelNames(slug), name, scope, shape };
}

function modulesOf({ channel, shape }: ChannelSeed) {
  const own = { name: channel.channel, from: `./${channel.channelModule}` };
  const presence = { name: channel.presence, from: `./${channel.presenceModule}` };
  return { modules: shape.presence ? [own, presence] : [own] };
}

function needsOf({ inbound, presence }: ChannelShape) {
  return {
    dependencies: [
      ...(inbound.length > 0 ? ["@repo/core-observability"] : []),
      "@repo/core-realtime",
      ...(presence ? ["@repo/realtime-presence"] : []),
      "zod",
    ],
    devDependencies: ["@repo/core-testing", "vitest"],
  };
}
