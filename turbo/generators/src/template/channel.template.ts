import type { ChannelNames, FeatureNames } from "../feature/names.js";
import { scopeSource, type ScopeChoice } from "../feature/scope.js";

/** What a new channel is made of. */
export interface ChannelSeed {
  readonly feature: FeatureNames;
  readonly channel: ChannelNames;
  readonly scope: ScopeChoice;
}

/** A channel that carries a text; `<feature>.<slug>`, and the user's placeholder where it is one user's own. */
export function channelTemplate({ feature, channel, scope }: ChannelSeed): string {
  const name = channelName({ feature, channel, scope });
  return `import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** ${name}: ${WHO[scope.kind](scope)} may join. */
export const ${channel.channel} = defineRealtimeChannel({
  name: ${JSON.stringify(name)},
  scope: ${scopeSource(scope)},
  payload: z.strictObject({ text: z.string().max(280) }),
});
`;
}

/** What a new channel is called on the wire: its template, or its name for one user. */
export function channelName({ feature, channel, scope }: ChannelSeed, user?: string): string {
  const name = `${feature.feature}.${channel.slug}`;
  return scope.kind === "user" ? `${name}.${user ?? `{${scope.param}}`}` : name;
}

const WHO: Readonly<Record<ScopeChoice["kind"], (scope: ScopeChoice) => string>> = {
  public: () => "anyone",
  authenticated: () => "whoever is signed in",
  role: (scope) => `whoever has the role ${scope.kind === "role" ? scope.role : ""}`,
  user: () => "only the user in its name",
};
