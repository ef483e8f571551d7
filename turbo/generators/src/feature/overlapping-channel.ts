import { Refusal } from "../refusal.js";
import type { ChannelSeed } from "../template/channel.template.js";
import type { Tree } from "../workspace/tree.js";
import { channelSlugs } from "./channel-file.js";
import { featuresOf } from "./features.js";

const NAME = /\bname:\s*"([^"\\]+)"/; // as every channel file says it that a generator has made

/** Refuses a name that could mean the same channel as one that is there: the app would not start with both. */
export function checkOverlapsNone(tree: Tree, { feature, channel, name }: ChannelSeed): void {
  const own = `${feature.folder}/src/${channel.channelModule}.ts`;
  for (const other of featuresOf(tree))
    for (const slug of channelSlugs(tree, `packages/${other}`)) {
      const path = `packages/${other}/src/realtime/${slug}.channel.ts`;
      const taken = path === own ? undefined : NAME.exec(tree.read(path) ?? "")?.[1];
      if (taken !== undefined && overlap(taken, name))
        throw new Refusal(
          `"${name}" and "${taken}" in ${path} could mean the same channel: give one of them another word, such as "${name}.notes".`,
        );
    }
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [one.split(/[.:]/), other.split(/[.:]/)];
  const separators = (name: string): string => name.replace(/[^.:]/g, "");
  if (separators(one) !== separators(other)) return false;
  return a.every((segment, index) => isParam(segment) || isParam(b[index]) || segment === b[index]);
}

function isParam(segment: string | undefined): boolean {
  return segment?.startsWith("{") === true;
}
