import { keyOf } from "../code/json-source.js";
import type { ChannelSeed } from "../template/channel.template.js";
import { said, type ChannelFile } from "./channel-file.js";
import type { FeatureFiles } from "./feature-files.js";
import type { ChannelNames } from "./names.js";
import { resolved } from "./sample-of.js";
import { scopeOf } from "./scope-of.js";

/** What a channel would have been made from, as its file describes it; undefined where it says more than the generators do. */
export function seedOfChannel(files: FeatureFiles, channel: ChannelNames, file: ChannelFile): ChannelSeed | undefined {
  const name = said(file, "name");
  const scope = scopeOf(file);
  if (name?.type !== "Literal" || typeof name.value !== "string" || !scope) return undefined;
  const has = (key: string): boolean => said(file, key) !== undefined;
  const shape = {
    events: eventsOf(file, "payload"),
    inbound: eventsOf(file, "inbound"),
    reply: has("reply"),
    opening: has("opening"),
    history: has("history"),
    presence: files.find(`src/${channel.presenceModule}.ts`) !== undefined,
  };
  return { feature: files.names, channel, name: name.value, scope, shape };
}

function eventsOf(file: ChannelFile, key: string): readonly string[] {
  const value = said(file, key);
  const map = value && resolved(file.source, value);
  return map?.type === "ObjectExpression" ? map.properties.flatMap((property) => keyOf(property) ?? []) : [];
}
