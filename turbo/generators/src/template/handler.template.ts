import type { Json } from "../code/json-source.js";
import type { ChannelNames } from "../feature/names.js";

/** What a handler does until its author changes it: publish the message, or log it. */
export type HandlerKind = "broadcast" | "log";

/** What a new handler is made of. */
export interface HandlerSeed {
  readonly channel: ChannelNames;
  readonly kind: HandlerKind;
  /** Whether nobody may be behind the message. */
  readonly isPublic: boolean;
  /** The channel's name, and a value for each of its placeholders. */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  /** Roles that may join. */
  readonly roles: readonly string[];
  /** An event that clients may send, whether they have to name it, and a payload that fits it. */
  readonly event: string;
  readonly isMap: boolean;
  readonly sample: Json;
  /** The event under which a message is published, where the server's events have names. */
  readonly publishes: string | undefined;
  /** What the handler returns, where the channel declares it. */
  readonly reply: Json | undefined;
}

/** A private handler. */
export function handlerTemplate(seed: HandlerSeed): string {
  return seed.kind === "broadcast" ? broadcasting(seed) : logging(seed);
}

function broadcasting({ channel, publishes, reply }: HandlerSeed): string {
  const event = publishes === undefined ? "" : `${JSON.stringify(publishes)}, `;
  return `import type { RealtimeHandler } from "@repo/core-realtime";
import type { ${channel.channel} } from "../${channel.slug}.channel";

/** Publishes what a client sends to every subscriber of the channel, with its user as the sender. */
export const ${channel.handler}: RealtimeHandler<typeof ${channel.channel}> = async ({ broadcast, payload }) => {
  await broadcast(${event}payload);
${reply === undefined ? "" : `  return ${JSON.stringify(reply)};\n`}};
`;
}

function logging({ channel, isPublic }: HandlerSeed): string {
  return `import type { RealtimeHandler } from "@repo/core-realtime";
import type { BindContext } from "../../di/bind-context";
import type { ${channel.channel} } from "../${channel.slug}.channel";

/** Logs who sent what event, and where. */
export const ${channel.handler} =
  ({ logger }: Pick<BindContext, "logger">): RealtimeHandler<typeof ${channel.channel}> =>
  ({ address, event, user }) => {
    logger.info({ channel: address.name, event, from: user${isPublic ? "?" : ""}.userId }, "message received");
  };
`;
}
