import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { FaultKind, ScheduledFault } from "./fault";
import { ProxiedConnection } from "./proxied-connection";
import type { Random } from "./random";

const MAX_CONNECTIONS = 512; // a client that reconnects in a loop is a bug to be seen, not memory to be spent

/** A network that fails on request: TCP on this machine alone. */
export class ChaosProxy {
  readonly #connections = new Set<ProxiedConnection>();
  readonly #faults = new Map<FaultKind, number>();
  readonly #targetPort: number;
  readonly #random: Random;
  readonly #server: Server;
  readonly #callers = new Set<Socket>();
  #dark: Promise<void> | undefined;
  #dawn: () => void = () => undefined;
  #kills = 0;

  private constructor(targetPort: number, random: Random) {
    this.#targetPort = targetPort;
    this.#random = random;
    this.#server = createServer({ allowHalfOpen: true }, (client) => void this.#carry(client));
  }

  /** Listens on a free port and passes everything on to `targetPort`. */
  static async open(targetPort: number, random: Random): Promise<ChaosProxy> {
    const proxy = new ChaosProxy(targetPort, random);
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port; // a string only where it listens on a pipe
  }

  /** How often each fault found something to strike. */
  get faults(): ReadonlyMap<FaultKind, number> {
    return this.#faults;
  }

  /** Open connections that were ended. */
  get kills(): number {
    return this.#kills;
  }

  strike({ aim, fault }: ScheduledFault): void {
    const living = [...this.#connections].filter(({ isDead }) => !isDead);
    const struck = fault.kind === "blackout" ? living : living.slice(Math.floor(aim * living.length)).slice(0, 1);
    if (struck.length === 0) return;
    this.#faults.set(fault.kind, (this.#faults.get(fault.kind) ?? 0) + 1);
    if (fault.kind === "blackout") this.#blackOut(fault.forMs);
    for (const connection of struck) {
      connection.strike(fault.kind === "blackout" ? { kind: "half-open" } : fault);
      if (connection.isDead) this.#kills += 1;
    }
  }

  /** No further faults begin; what is dead stays dead. */
  heal(): void {
    this.#dawn();
    for (const connection of this.#connections) connection.heal();
  }

  async close(): Promise<void> {
    this.heal();
    this.#server.close();
    for (const connection of this.#connections) connection.cut();
    for (const caller of this.#callers) caller.destroy();
    await once(this.#server, "close");
  }

  #blackOut(forMs: number): void {
    this.#dark ??= new Promise<void>((resolve) => (this.#dawn = resolve)).then(() => {
      this.#dark = undefined;
    });
    setTimeout(this.#dawn, forMs);
  }

  async #carry(client: Socket): Promise<void> {
    if (this.#callers.size >= MAX_CONNECTIONS) return void client.resetAndDestroy();
    this.#callers.add(client.on("error", () => undefined));
    client.once("close", () => this.#callers.delete(client));
    await this.#dark; // a new connection retries until it is over, as TCP does
    if (client.destroyed) return;
    const server = connect({ port: this.#targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const connection = new ProxiedConnection({ client, server }, this.#random);
    this.#connections.add(connection);
    void connection.gone.then(() => this.#connections.delete(connection));
  }
}
