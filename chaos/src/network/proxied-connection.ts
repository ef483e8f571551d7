import type { Socket } from "node:net";
import type { Fault } from "./fault";
import { Flow } from "./flow";
import type { Random } from "./random";

/** The two ends that a proxy stands between. */
export interface ConnectionEnds {
  readonly client: Socket;
  readonly server: Socket;
}

/** The faults of one connection; a blackout is a fault of all of them. */
export type ConnectionFault = Exclude<Fault, { readonly kind: "blackout" }>;

/** One client's connection to the server, and what the network does to it. */
export class ProxiedConnection {
  readonly #ends: ConnectionEnds;
  readonly #up: Flow;
  readonly #down: Flow;
  #timer: NodeJS.Timeout | undefined;
  #isDead = false;
  /** Resolves when both ends are gone. */
  readonly gone: Promise<unknown>;

  constructor(ends: ConnectionEnds, random: Random) {
    const { client, server } = ends;
    this.#ends = ends;
    this.#up = new Flow(client, server, random);
    this.#down = new Flow(server, client, random);
    for (const socket of [client, server]) socket.setNoDelay(true).on("error", () => undefined); // the flow reports it
    void this.#up.carry();
    void this.#down.carry();
    this.gone = Promise.all([client, server].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  }

  /** No message will pass any more. */
  get isDead(): boolean {
    return this.#isDead;
  }

  strike(fault: ConnectionFault): void {
    switch (fault.kind) {
      case "cut":
        return this.cut();
      case "fade":
        return this.#fade(fault.forMs);
      case "half-open":
        return this.#swallow();
      case "delay":
        this.#up.delay(fault.ms);
        this.#down.delay(fault.ms);
        return this.#healAfter(fault.forMs);
      case "split":
        this.#up.split(fault.largest);
        this.#down.split(fault.largest);
        return this.#healAfter(fault.forMs);
      case "stall":
        this.#down.stall();
        return this.#healAfter(fault.forMs);
      default:
        return fault satisfies never;
    }
  }

  /** What passes again passes untouched; what is dead stays dead. */
  heal(): void {
    clearTimeout(this.#timer);
    this.#up.heal();
    this.#down.heal();
  }

  cut(): void {
    this.#isDead = true;
    this.heal();
    this.#ends.client.resetAndDestroy();
    this.#ends.server.resetAndDestroy();
  }

  #fade(forMs: number): void {
    this.#isDead = true;
    this.#down.swallow();
    setTimeout(() => this.cut(), forMs);
  }

  #swallow(): void {
    this.#isDead = true;
    clearTimeout(this.#timer);
    this.#up.swallow();
    this.#down.swallow();
  }

  #healAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.heal(), ms);
  }
}
