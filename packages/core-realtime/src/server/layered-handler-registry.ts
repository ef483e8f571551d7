import { matchName } from "../channel/channel-name.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../seams/handler-registry.seam.js";
import type { ChannelHandlers, RealtimeHandler } from "../seams/realtime-handler.js";

/** A channel that a database declares. */
export interface DeclaredChannel {
  /** The description. */
  readonly channel: RealtimeChannel;
  /** Its server side; left out where clients only subscribe. */
  readonly handlers?: ChannelHandlers<RealtimeChannel>;
  /** Reads the parameters from a concrete name; undefined where the name is not of this channel. Default: by the channel's template. */
  readonly match?: (name: string) => Readonly<Record<string, string>> | undefined;
  /** Its names resolve to nothing, and to no later declared channel either; they are refused with CHANNEL_DISABLED. */
  readonly isDisabled?: boolean;
}

/**
 * Channels that a database declares, beneath those that the code registers. Several declared ones may match a name: the first wins.
 * A channel of the code always wins. Declared channels may change while the node runs.
 */
export class LayeredHandlerRegistry implements IRealtimeHandlerRegistry {
  readonly #code: IRealtimeHandlerRegistry;
  readonly #watchers = new Set<() => void>();
  #declared: readonly DeclaredChannel[] = [];

  constructor(code: IRealtimeHandlerRegistry) {
    this.#code = code;
  }

  /**
   * Takes these in the place of all that were declared before, the most specific first. Open subscriptions of channels that are gone or
   * disabled end with CHANNEL_DISABLED. Those of a channel that is another object now pass gate 2 again; so do those of a channel that is
   * gone where a later one matches their names.
   */
  declare(channels: readonly DeclaredChannel[]): void {
    this.#declared = [...channels];
    for (const changed of [...this.#watchers]) changed();
  }

  register<C extends RealtimeChannel>(channel: C, handlers: RealtimeHandler<C> | ChannelHandlers<C>): () => void {
    return this.#code.register(channel, handlers);
  }

  registerChannel(channel: RealtimeChannel): () => void {
    return this.#code.registerChannel(channel);
  }

  resolve(name: string): ResolvedChannel | undefined {
    return this.#code.resolve(name) ?? this.#resolveDeclared(name);
  }

  isDisabled(name: string): boolean {
    return !this.#code.resolve(name) && (this.#matching(name)?.declared.isDisabled ?? false);
  }

  listChannels(): readonly RealtimeChannel[] {
    return [
      ...this.#code.listChannels(),
      ...this.#declared.filter(({ isDisabled }) => !isDisabled).map(({ channel }) => channel),
    ];
  }

  watch(changed: () => void): () => void {
    const watcher = () => changed();
    const unwatch = this.#code.watch(watcher);
    this.#watchers.add(watcher);
    return () => {
      unwatch();
      this.#watchers.delete(watcher);
    };
  }

  #resolveDeclared(name: string): ResolvedChannel | undefined {
    const found = this.#matching(name);
    if (!found || found.declared.isDisabled) return undefined;
    const { channel, handlers } = found.declared;
    return Object.freeze({
      address: Object.freeze({ channel, name, params: Object.freeze(found.params) }),
      handler: handlers?.handler,
      opening: handlers?.opening,
      closing: handlers?.closing,
      audience: handlers?.audience,
    });
  }

  #matching(name: string) {
    for (const declared of this.#declared) {
      const { channel, match } = declared;
      const params = match ? match(name) : matchName(channel.template, name);
      if (params) return { declared, params };
    }
    return undefined;
  }
}
