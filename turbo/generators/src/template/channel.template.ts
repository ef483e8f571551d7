import type { ChannelShape } from "../feature/channel-shape.js";
import type { ChannelNames, FeatureNames } from "../feature/names.js";
import { scopeSource, type ScopeChoice } from "../feature/scope.js";

/** What a new channel is made of. */
export interface ChannelSeed {
  readonly feature: FeatureNames;
  readonly channel: ChannelNames;
  /** Its name on the wire. */
  readonly name: string;
  readonly scope: ScopeChoice;
  readonly shape: ChannelShape;
}

const TEXT = "z.strictObject({ text: z.string().max(280) })";
const HISTORY = "{ size: 100, ttlMs: 300_000 }, // what a client missed while it was away, for five minutes";

/** A channel whose events each carry a text. */
export function channelTemplate({ channel, name, scope, shape }: ChannelSeed): string {
  const isShared = shape.events.length + shape.inbound.length > 0;
  const schema = isShared ? "message" : TEXT;
  return `import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";
${isShared ? `\nconst message = ${TEXT};\n` : ""}
/** ${name}: ${WHO[scope.kind](scope)} may join. */
export const ${channel.channel} = defineRealtimeChannel({
  name: ${JSON.stringify(name)},
  scope: ${scopeSource(scope)},
  payload: ${shape.events.length > 0 ? eventMap(shape.events) : schema},
${shape.inbound.length > 0 ? `  inbound: ${eventMap(shape.inbound)},\n` : ""}${shape.reply ? `  reply: z.strictObject({ accepted: z.boolean() }),\n` : ""}${shape.opening ? `  opening: z.strictObject({ text: z.string() }),\n` : ""}${shape.history ? `  history: ${HISTORY}\n` : ""}});
`;
}

function eventMap(events: readonly string[]): string {
  return `{ ${events.map((event) => `${JSON.stringify(event)}: message`).join(", ")} }`;
}

const WHO: Readonly<Record<ScopeChoice["kind"], (scope: ScopeChoice) => string>> = {
  public: () => "anyone",
  authenticated: () => "whoever is signed in",
  role: (scope) => `whoever has the role ${scope.kind === "role" ? scope.role : ""}`,
  user: () => "only the user in its name",
};
