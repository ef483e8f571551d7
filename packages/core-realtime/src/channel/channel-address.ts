import type { RealtimeChannel } from "./realtime-channel.js";
import type { ParamName } from "./channel-template.js";

/** One concrete channel: a description and the values for its placeholders. Made by `channel.at(…)`. */
export interface ChannelAddress<C extends RealtimeChannel = RealtimeChannel> {
  /** The channel's description. */
  readonly channel: C;
  /** The name on the wire, values percent-encoded. */
  readonly name: string;
  /** The values of the placeholders. */
  readonly params: Readonly<Record<string, string>>;
}

/** The compiler's sentence where `.at(…)` is missing. */
export interface NeedsParameters {
  readonly "this channel has placeholders: call .at({ … }) first": never;
}

/** A channel without placeholders is its own address; every other needs `.at(…)`. */
export type Addressable<T> = T extends ChannelAddress
  ? T
  : T extends RealtimeChannel
    ? [ParamName<T["name"]>] extends [never]
      ? T
      : NeedsParameters
    : never;

/** The channel behind a channel or an address. */
export type ChannelOf<T> = T extends ChannelAddress<infer C> ? C : T extends RealtimeChannel ? T : never;

/** The address of a channel or an address; a `TypeError` that names `.at(…)` where parameters are missing. */
export function addressOf(target: RealtimeChannel | ChannelAddress): ChannelAddress {
  if ("channel" in target) return target;
  if (target.template.segments.some((segment) => segment.kind === "param"))
    throw new TypeError(`Channel "${target.name}" has placeholders: call .at({ … }) with their values.`);
  return { channel: target, name: target.name, params: Object.freeze(Object.create(null)) };
}
