import { matchName } from "../channel/channel-name.js";
import type { ChannelTemplate } from "../channel/channel-template.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../seams/handler-registry.seam.js";
import type { ChannelHandlers, RealtimeHandler } from "../seams/realtime-handler.js";

/**
 * Channels that a database declares, beneath those that the code registers. Several declared ones may match a name: the most specific
 * wins. A channel of the code always wins. Declared channels may change while the node runs.
 */
export class LayeredHandlerRegistry implements IRealtimeHandlerRegistry {
  readonly #code: IRealtimeHandlerRegistry;
  readonly #watchers = new Set<() => void>();
  #declared: readonly RealtimeChannel[] = [];

  constructor(code: IRealtimeHandlerRegistry) {
    this.#code = code;
  }

  /** Takes these in the place of all that were declared before; open subscriptions of the others end with CHANNEL_DISABLED. */
  declare(channels: readonly RealtimeChannel[]): void {
    this.#declared = channels.toSorted((a, b) => bySpecificity(a.template, b.template));
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

  listChannels(): readonly RealtimeChannel[] {
    return [...this.#code.listChannels(), ...this.#declared];
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
    for (const channel of this.#declared) {
      const params = matchName(channel.template, name);
      if (params)
        return Object.freeze({
          address: Object.freeze({ channel, name, params: Object.freeze(params) }),
          handler: undefined,
          opening: undefined,
        });
    }
    return undefined;
  }
}

/** More literals first, the leftmost difference decides: `orders.{id}` before `{kind}.{id}`. */
function bySpecificity(a: ChannelTemplate, b: ChannelTemplate): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (!other) return -1;
    if (segment.kind !== other.kind) return segment.kind === "literal" ? -1 : 1;
  }
  return a.segments.length === b.segments.length ? 0 : 1;
}
