import { camelCase, pascalCase } from "./slug.js";

/** What a feature's parts are called. */
export interface FeatureNames {
  readonly feature: string;
  readonly folder: string;
  readonly packageName: string;
  readonly channels: string;
  readonly handlers: string;
  readonly bindProduction: string;
  readonly bindDevSeed: string;
}

/** What a channel's parts are called. */
export interface ChannelNames {
  readonly slug: string;
  readonly channel: string;
  readonly channelModule: string;
  readonly handler: string;
  readonly handlerModule: string;
  readonly opening: string;
  readonly openingModule: string;
  readonly presence: string;
  readonly presenceModule: string;
}

/** The names of a feature's parts. */
export function featureNames(feature: string): FeatureNames {
  return {
    feature,
    folder: `packages/${feature}`,
    packageName: `@repo/${feature}`,
    channels: `${camelCase(feature)}Channels`,
    handlers: `${camelCase(feature)}Handlers`,
    bindProduction: `bindProduction${pascalCase(feature)}`,
    bindDevSeed: `bindDevSeed${pascalCase(feature)}`,
  };
}

/** The names of a channel's parts; modules are relative to the feature's `src/`. */
export function channelNames(slug: string): ChannelNames {
  return {
    slug,
    channel: `${camelCase(slug)}Channel`,
    channelModule: `realtime/${slug}.channel`,
    handler: `on${pascalCase(slug)}`,
    handlerModule: `realtime/handlers/on-${slug}.handler`,
    opening: `open${pascalCase(slug)}`,
    openingModule: `realtime/${slug}.opening`,
    presence: `${camelCase(slug)}Presence`,
    presenceModule: `realtime/${slug}-presence.channel`,
  };
}
