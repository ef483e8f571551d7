import type { Clock } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";
import { BusLog, type BusText } from "./bus-log.js";
import type { BusPosition } from "./bus-position.js";

export interface BusReaderDeps {
  readonly client: Pick<SqlClient, "query" | "listen">;
  readonly clock: Clock;
  /** The topics of this moment. */
  readonly topics: () => readonly string[];
  readonly deliver: (text: BusText) => void;
  readonly onError: (cause: unknown) => void;
}

const BACKSTOP_MS = 1_000; // where notifications arrive; under the time after which a node isolates itself
const SHORTEST_POLL_MS = 20; // where none arrive
const LONGEST_POLL_MS = 100;

/**
 * Reads `realtime.bus` for one node, one statement at a time. Woken by notifications; where texts are found without one (a pooler in
 * between, a dead connection), it polls until one arrives.
 */
export class BusReader {
  readonly #deps: BusReaderDeps;
  readonly #log: BusLog;
  #position: BusPosition | undefined;
  #reading: Promise<void> | undefined;
  #statement: Promise<unknown> | undefined;
  #isWoken = false;
  /** Undefined where notifications arrive. */
  #pollMs: number | undefined;
  #cancelPoll: () => void = () => undefined;
  #unlisten: (() => Promise<void>) | undefined;
  #isClosed = false;

  constructor(deps: BusReaderDeps) {
    this.#deps = deps;
    this.#log = new BusLog(deps.client);
  }

  /** Resolves when everything that is committed from now on is read. */
  async start(): Promise<void> {
    this.#unlisten = await this.#deps.client.listen("realtime_bus", {
      onNotify: () => {
        this.#pollMs = undefined;
        this.#wake();
      },
      onGap: () => this.#wake(),
    });
    this.#position = await this.#log.now();
    this.#planPoll();
  }

  /** Resolves when the statement that is in progress, if any, has ended: a later one reads the topics anew. */
  async betweenReads(): Promise<void> {
    await this.#statement?.catch(() => undefined); // reported where it was made
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelPoll();
    await this.#reading;
    await this.#unlisten?.();
  }

  #wake(): void {
    this.#isWoken = true;
    if (!this.#isClosed && this.#position) this.#reading ??= this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#cancelPoll();
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      await this.#readOnce().catch(this.#deps.onError); // the poll reads again, from the same position
    }
    this.#reading = undefined;
    this.#planPoll();
  }

  async #readOnce(): Promise<number> {
    const { topics, deliver } = this.#deps;
    let count = 0;
    if (!this.#position) return count;
    const read = this.#log.read(this.#position, topics(), (texts) => {
      count += texts.length;
      if (!this.#isClosed) for (const text of texts) deliver(text);
    });
    this.#statement = read;
    this.#position = await read;
    return count;
  }

  #planPoll(): void {
    if (!this.#isClosed) this.#cancelPoll = this.#deps.clock.after(this.#pollMs ?? BACKSTOP_MS, () => this.#poll());
  }

  #poll(): void {
    this.#reading ??= this.#pollOnce();
  }

  async #pollOnce(): Promise<void> {
    this.#isWoken = false;
    const count = await this.#readOnce().catch(this.#deps.onError);
    if (count) this.#pollMs = SHORTEST_POLL_MS;
    else if (this.#pollMs !== undefined) this.#pollMs = Math.min(this.#pollMs * 2, LONGEST_POLL_MS);
    return this.#readAll();
  }
}
