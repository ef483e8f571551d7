import type { RealtimeClient } from "@repo/realtime-client";
import type { OfChannel } from "./use-kept.js";

/** What all components together have of a channel: one for each client and name. */
export class PerClient<Value> {
  readonly #clients = new WeakMap<RealtimeClient, Map<string, Value>>();

  get({ client, name }: OfChannel): Value | undefined {
    return this.#clients.get(client)?.get(name);
  }

  getOrMake(of: OfChannel, make: () => Value): Value {
    const known = this.get(of);
    if (known !== undefined) return known;
    const value = make();
    const byName = this.#clients.get(of.client) ?? new Map<string, Value>();
    this.#clients.set(of.client, byName.set(of.name, value));
    return value;
  }

  forget({ client, name }: OfChannel): void {
    this.#clients.get(client)?.delete(name);
  }
}
