import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { FaultKind, ScheduledFault } from "./fault";
import { ProxiedLine } from "./proxied-line";
import type { Random } from "./random";

const MAX_LINES = 512; // a client that reconnects in a loop is a bug to be seen, not memory to be spent

/** A network that can be told to fail: TCP on this machine alone. */
export class ChaosProxy {
  readonly #lines = new Set<ProxiedLine>();
  readonly #faults = new Map<FaultKind, number>();
  readonly #targetPort: number;
  readonly #random: Random;
  readonly #server: Server;
  #daylight: NodeJS.Timeout | undefined;
  #kills = 0;

  private constructor(targetPort: number, random: Random) {
    this.#targetPort = targetPort;
    this.#random = random;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#carry(client));
  }

  /** Listens on a free port and passes everything on to `targetPort`. */
  static async open(targetPort: number, random: Random): Promise<ChaosProxy> {
    const proxy = new ChaosProxy(targetPort, random);
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get port(): number {
    return proxyAddress(this.#server).port;
  }

  /** How often each fault found something to strike. */
  get faults(): ReadonlyMap<FaultKind, number> {
    return this.#faults;
  }

  /** Living lines that were ended. */
  get kills(): number {
    return this.#kills;
  }

  strike({ aim, fault }: ScheduledFault): void {
    const living = [...this.#lines].filter(({ isDead }) => !isDead);
    const struck = fault.kind === "blackout" ? living : living.slice(Math.floor(aim * living.length)).slice(0, 1);
    if (struck.length === 0) return;
    this.#faults.set(fault.kind, (this.#faults.get(fault.kind) ?? 0) + 1);
    if (fault.kind === "blackout") this.#blackOut(fault.forMs);
    for (const line of struck) {
      line.strike(fault.kind === "blackout" ? { kind: "half-open" } : fault);
      if (line.isDead) this.#kills += 1;
    }
  }

  /** The weather clears: nothing more goes wrong by itself; what is dead stays dead. */
  heal(): void {
    clearTimeout(this.#daylight);
    this.#daylight = undefined;
    for (const line of this.#lines) line.heal();
  }

  async close(): Promise<void> {
    this.heal();
    this.#server.close();
    for (const line of this.#lines) line.cut();
    await once(this.#server, "close");
  }

  #blackOut(forMs: number): void {
    clearTimeout(this.#daylight);
    this.#daylight = setTimeout(() => (this.#daylight = undefined), forMs);
  }

  #carry(client: Socket): void {
    if (this.#lines.size >= MAX_LINES) return void client.resetAndDestroy();
    const server = connect({ port: this.#targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const line = new ProxiedLine({ client, server }, this.#random);
    this.#lines.add(line);
    void line.gone.then(() => this.#lines.delete(line));
    if (this.#daylight) line.strike({ kind: "half-open" });
  }
}
