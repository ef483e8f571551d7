import { ChaosProxy } from "./chaos-proxy";
import type { FaultKind, ScheduledFault } from "./fault";
import { createRandom } from "./random";

/** The network in front of several nodes: one proxy each, under one schedule of faults. */
export class ChaosNetwork {
  readonly #proxies: readonly ChaosProxy[];

  private constructor(proxies: readonly ChaosProxy[]) {
    this.#proxies = proxies;
  }

  /** Opens a proxy before each of these ports; their chance comes from the seed. */
  static async open(targetPorts: readonly number[], seed: number): Promise<ChaosNetwork> {
    return new ChaosNetwork(
      await Promise.all(targetPorts.map((port, n) => ChaosProxy.open(port, createRandom(seed + n)))),
    );
  }

  /** The ports that clients connect to. */
  get ports(): readonly number[] {
    return this.#proxies.map(({ port }) => port);
  }

  /** Open connections that were ended. */
  get kills(): number {
    return this.#proxies.reduce((sum, { kills }) => sum + kills, 0);
  }

  /** How often each fault found a connection. */
  get faults(): ReadonlyMap<FaultKind, number> {
    const sum = new Map<FaultKind, number>();
    for (const { faults } of this.#proxies)
      for (const [kind, count] of faults) sum.set(kind, (sum.get(kind) ?? 0) + count);
    return sum;
  }

  /** `aim` points to a proxy first, and what is left of it into the connections of that one. */
  strike({ aim, ...scheduled }: ScheduledFault): void {
    const place = aim * this.#proxies.length;
    this.#proxies[Math.floor(place)]?.strike({ ...scheduled, aim: place % 1 });
  }

  heal(): void {
    for (const proxy of this.#proxies) proxy.heal();
  }

  async close(): Promise<void> {
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
  }
}
