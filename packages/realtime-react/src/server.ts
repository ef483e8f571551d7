import { addressOf, type Addressable, type ChannelAddress, type IRealtimeHistory } from "@repo/core-realtime";
import type { RealtimeChannel } from "@repo/core-realtime";
import type { Preloaded } from "./preloaded.js";

export type { Preloaded } from "./preloaded.js";

/** What a preload needs. */
export interface PreloadSources<Data> {
  /** Where the server's node keeps what was published. */
  readonly history: Pick<IRealtimeHistory, "read">;
  /** Loads the data, after the position was read. */
  readonly load: () => Promise<Data> | Data;
}

/**
 * For Server Components: data, and the position of their channel. The position is read first, so whatever is published meanwhile is received
 * by the hook, at worst a second time.
 * @example <Board preloaded={await preloadChannel(taskListChannel, { history, load: () => tasks.list() })} />
 */
export async function preloadChannel<Target extends RealtimeChannel | ChannelAddress, Data>(
  target: Target & Addressable<Target>,
  { history, load }: PreloadSources<Data>,
): Promise<Preloaded<Data>> {
  const { name, channel } = addressOf(target);
  const { position } = channel.history
    ? await history.read(name, { kind: "position" }, channel.history)
    : { position: undefined };
  if (!position)
    throw new TypeError(
      `Channel "${name}" keeps no history, so what is published after the preload would be lost: give it one.`,
    );
  return { channel: name, data: await load(), position };
}
