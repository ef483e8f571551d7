import type { RealtimeClient } from "@repo/realtime-client";
import type { OfChannel } from "./use-kept.js";

/** What all components together have of a channel: one for each client, name and `ask`. */
export class PerClient<Value> {
  readonly #clients = new WeakMap<RealtimeClient, Map<string, Value>>();

  get(of: OfChannel): Value | undefined {
    return this.#clients.get(of.client)?.get(keyOf(of));
  }

  getOrMake(of: OfChannel, make: () => Value): Value {
    const known = this.get(of);
    if (known !== undefined) return known;
    const value = make();
    const byName = this.#clients.get(of.client) ?? new Map<string, Value>();
    this.#clients.set(of.client, byName.set(keyOf(of), value));
    return value;
  }

  forget(of: OfChannel): void {
    this.#clients.get(of.client)?.delete(keyOf(of));
  }
}

function keyOf({ name, ask = "" }: OfChannel): string {
  return `${name}\n${ask}`; // no channel's name has a line break
}
