import { EventEmitter } from "node:events";

/** Redis's publish and subscribe within this process, as Socket.IO's adapter uses a client of it. */
export class RedisPubSub extends EventEmitter {
  readonly #patterns = new Set<string>();

  publish(channel: string, message: string | Uint8Array): void {
    const bytes = Buffer.from(message);
    for (const pattern of this.#patterns)
      if (channel.startsWith(pattern.slice(0, -1))) this.emit("pmessageBuffer", pattern, Buffer.from(channel), bytes);
  }

  psubscribe(pattern: string): void {
    this.#patterns.add(pattern);
  }

  punsubscribe(pattern: string): void {
    this.#patterns.delete(pattern);
  }

  subscribe(): void {
    return undefined; // requests between nodes: none is made here
  }

  unsubscribe(): void {
    return undefined;
  }
}
