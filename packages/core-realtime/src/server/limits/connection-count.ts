import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "./limits.js";
import type { Proxies } from "./proxies.js";
import { overLimit } from "./reached-limit.js";

type Limits = Pick<RealtimeLimits, "maxConnections" | "maxConnectionsPerAddress">;

/** The connections of this node, in all and per address, from their opening to their end. Users are counted by the session table. */
export class ConnectionCount {
  readonly #ofAddress = new Map<string, number>();
  readonly #limits: Limits;
  readonly #proxies: Proxies;
  #all = 0;

  constructor(limits: Limits, proxies: Proxies) {
    this.#limits = limits;
    this.#proxies = proxies;
  }

  opened(handshake: RealtimeHandshake): void {
    this.#all += 1;
    const address = this.#proxies.clientOf(handshake);
    if (address !== undefined) this.#ofAddress.set(address, this.#countOf(address) + 1);
  }

  ended(handshake: RealtimeHandshake): void {
    this.#all -= 1;
    const address = this.#proxies.clientOf(handshake);
    if (address === undefined) return;
    const left = this.#countOf(address) - 1;
    if (left > 0) this.#ofAddress.set(address, left);
    else this.#ofAddress.delete(address);
  }

  /** Why no more of these connections are admitted. `isCounted`: this one has been opened and is among those that are counted. */
  refusalOf(handshake: RealtimeHandshake, isCounted: boolean): RealtimeError | undefined {
    const more = isCounted ? 0 : 1;
    if (this.#all + more > this.#limits.maxConnections) return overLimit("maxConnections");
    const address = this.#proxies.clientOf(handshake);
    if (address === undefined || this.#countOf(address) + more <= this.#limits.maxConnectionsPerAddress)
      return undefined;
    return overLimit("maxConnectionsPerAddress", address);
  }

  #countOf(address: string): number {
    return this.#ofAddress.get(address) ?? 0;
  }
}
