import { channelTestTemplate } from "../template/channel-test.template.js";
import { channelTemplate, type ChannelSeed } from "../template/channel.template.js";
import { handlerTestTemplate } from "../template/handler-test.template.js";
import { handlerTemplate } from "../template/handler.template.js";
import { openingTemplate, openingTestTemplate } from "../template/opening.template.js";
import { presenceTemplate, presenceTestTemplate } from "../template/presence.template.js";
import type { FeatureFiles } from "./feature-files.js";
import { newHandlerSeed } from "./handler-seed.js";

/** The files of a new channel, by their paths. */
export function channelFiles(files: FeatureFiles, seed: ChannelSeed): Readonly<Record<string, string>> {
  const { channel, shape } = seed;
  const handler = newHandlerSeed(seed);
  const both = (module: string, code: string, test: string): readonly (readonly [path: string, text: string])[] => [
    [files.path(`src/${module}.ts`), code],
    [files.path(`src/${module}.test.ts`), test],
  ];
  return Object.fromEntries([
    ...both(channel.channelModule, channelTemplate(seed), channelTestTemplate(seed)),
    ...(shape.inbound.length > 0
      ? both(channel.handlerModule, handlerTemplate(handler), handlerTestTemplate(handler))
      : []),
    ...(shape.opening ? both(channel.openingModule, openingTemplate(seed), openingTestTemplate(seed)) : []),
    ...(shape.presence ? both(channel.presenceModule, presenceTemplate(seed), presenceTestTemplate(seed)) : []),
  ]);
}
