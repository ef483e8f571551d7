import { isThenable } from "../thenable.js";
import { matchName } from "../channel/channel-name.js";
import { separatorsOf, templatesOverlap } from "../channel/channel-template.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { ChannelHandlers, RealtimeHandler } from "../seams/realtime-handler.js";
import type { IRealtimeHandlerRegistry, ResolvedChannel } from "../seams/handler-registry.seam.js";

type Callbacks = Omit<ResolvedChannel, "address">;
type Entry = Callbacks & { readonly channel: RealtimeChannel };

const MAX_RESOLVED = 10_000; // a flood of names only makes the memory begin again
const MAX_REMEMBERED_LENGTH = 256; // and it holds some megabytes at most

/** The channels and their handlers: one registration per channel, no two that could match one name. */
export class RealtimeHandlerRegistry implements IRealtimeHandlerRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #bySeparators = new Map<string, Entry[]>();
  readonly #resolved = new Map<string, ResolvedChannel>(); // recent ones: each message resolves its name three times
  readonly #watchers = new Set<() => void>();
  #isReplacing = false;

  register<C extends RealtimeChannel>(channel: C, handlers: RealtimeHandler<C> | ChannelHandlers<C>): () => void {
    const { handler, opening, closing, audience }: ChannelHandlers<C> =
      typeof handlers === "function" ? { handler: handlers } : handlers;
    checkHandlers(channel, { handler, opening });
    // The gates parse payloads with this very channel's schemas before they call; the registry forgets the types in between.
    return this.#add({
      channel,
      handler: handler as Callbacks["handler"],
      opening: opening as Callbacks["opening"],
      closing: closing as Callbacks["closing"],
      audience: audience as Callbacks["audience"],
    });
  }

  registerChannel(channel: RealtimeChannel): () => void {
    return this.#add({ channel, handler: undefined, opening: undefined });
  }

  /**
   * Replaces every registration by those that `register` makes, at once: a subscription whose channel is registered
   * again stays. Where `register` throws, the registrations are as before, and the error is thrown on.
   */
  replaceAll(register: () => unknown): void {
    const before = [...this.#entries.values()];
    this.#isReplacing = true;
    try {
      this.#forgetAll();
      if (isThenable(register()))
        throw new TypeError("replaceAll: register all channels before the function returns; it returned a promise.");
    } catch (error) {
      this.#forgetAll();
      for (const entry of before) this.#add(entry);
      throw error;
    } finally {
      this.#isReplacing = false;
      this.#changed();
    }
  }

  resolve(name: string): ResolvedChannel | undefined {
    const known = this.#resolved.get(name);
    if (known) return known;
    const found = this.#match(name);
    if (!found || name.length > MAX_REMEMBERED_LENGTH) return found;
    if (this.#resolved.size >= MAX_RESOLVED) this.#resolved.clear();
    this.#resolved.set(name, found);
    return found;
  }

  listChannels(): readonly RealtimeChannel[] {
    return [...this.#entries.values()].map(({ channel }) => channel);
  }

  watch(changed: () => void): () => void {
    const watcher = () => changed(); // the same function may watch twice
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #match(name: string): ResolvedChannel | undefined {
    for (const { channel, handler, opening, closing, audience } of this.#bySeparators.get(separatorsOf(name)) ?? []) {
      const params = matchName(channel.template, name);
      if (!params) continue;
      const address = Object.freeze({ channel, name, params: Object.freeze(params) }); // shared by all callers
      return Object.freeze({ address, handler, opening, closing, audience });
    }
    return undefined;
  }

  #add(entry: Entry): () => void {
    const { name, template } = entry.channel;
    if (this.#entries.has(name))
      throw new TypeError(
        `Channel "${name}" is already registered; register it once: registerChannel(channel) where clients only receive, ` +
          `else register(channel, handler) or register(channel, { handler, opening }).`,
      );
    for (const other of this.#entries.values())
      if (templatesOverlap(template, other.channel.template))
        throw new TypeError(
          `Channels "${name}" and "${other.channel.name}" could match the same name; give one of them another literal segment.`,
        );
    const siblings = this.#bySeparators.get(template.separators) ?? [];
    this.#bySeparators.set(template.separators, [...siblings, entry]);
    this.#entries.set(name, entry);
    this.#changed();
    return () => this.#remove(entry);
  }

  #remove(entry: Entry): void {
    const { name, template } = entry.channel;
    if (this.#entries.get(name) === entry) this.#entries.delete(name);
    const left = this.#bySeparators.get(template.separators)?.filter((other) => other !== entry) ?? [];
    this.#bySeparators.set(template.separators, left);
    this.#changed();
  }

  #forgetAll(): void {
    this.#entries.clear();
    this.#bySeparators.clear();
    this.#resolved.clear();
  }

  #changed(): void {
    this.#resolved.clear();
    if (this.#isReplacing) return;
    for (const changed of [...this.#watchers]) changed();
  }
}

/**
 * A handler needs a schema of what it receives, and an opening that is declared is what subscribers wait for. An inbound without a
 * handler is no mistake yet: each message is refused with INBOUND_REFUSED, and the development log gives the reason.
 */
function checkHandlers({ name, inbound, opening }: RealtimeChannel, given: GivenHandlers): void {
  if (given.handler && inbound === undefined)
    throw new TypeError(`Channel "${name}" has a handler but no inbound schema; describe what clients may send.`);
  if (opening !== undefined && !given.opening)
    throw new TypeError(
      `Channel "${name}" declares an opening, but none was passed to register: subscribers would receive none. ` +
        `Pass one, register(channel, { ${inbound === undefined ? "" : "handler, "}opening }), or take opening out of the channel.`,
    );
}

interface GivenHandlers {
  readonly handler: unknown;
  readonly opening: unknown;
}
