import { addressOf, type ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeHandlerRegistry } from "../seams/handler-registry.seam.js";

/** One channel by its concrete name, or all channels of a template. */
export type NamedChannels = { readonly channel: string } | { readonly template: string };

/** The channels that an app names. Throws where a name matches none: a misspelt revocation would end nothing. */
export function channelTarget(
  target: RealtimeChannel | ChannelAddress | string,
  registry: IRealtimeHandlerRegistry,
): NamedChannels {
  if (typeof target !== "string") {
    const isTemplate = !("channel" in target) && hasPlaceholders(target);
    return isTemplate ? { template: target.name } : { channel: addressOf(target).name };
  }
  if (registry.listChannels().some((channel) => channel.name === target && hasPlaceholders(channel)))
    return { template: target };
  if (registry.resolve(target)) return { channel: target };
  const known = registry.listChannels().map(({ name }) => name);
  throw new TypeError(`No channel is called "${target}". Registered: ${known.join(", ") || "none"}.`);
}

function hasPlaceholders({ template }: RealtimeChannel): boolean {
  return template.segments.some(({ kind }) => kind === "param");
}
