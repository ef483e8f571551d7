import { setTimeout as passed } from "node:timers/promises";
import { PgClient } from "@repo/realtime-postgres";
import { between, type Random } from "../network/random";
import type { Ledger } from "./ledger";
import type { Published } from "./torture-node";
import { CHANNELS } from "./torture.channel";

const INSERT = "insert into realtime.outbox (channel_name, event_name, payload) values ($1, 'message', $2)";
const ROLLED_BACK = 0.1;
const RETRY_MS = 100;

/** An application that publishes in its own transactions: several messages in each, pauses between them, and some rolled back. */
export class SqlWriter {
  readonly #client: PgClient;
  readonly #name: string;
  readonly #ledger: Ledger;
  readonly #random: Random;
  #isStopped = false;
  #n = 0;
  #running: Promise<void> | undefined;

  // eslint-disable-next-line max-params -- what a writer is made of
  constructor(name: string, connectionString: string, ledger: Ledger, random: Random) {
    this.#name = name;
    this.#client = new PgClient({ connectionString, maxConnections: 1 });
    this.#ledger = ledger;
    this.#random = random;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    await this.#client.close();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#transaction();
      if (this.#random() < 0.5) await passed(between(this.#random, 0, 300)); // the relay becomes idle
    }
  }

  async #transaction(): Promise<void> {
    const random = this.#random;
    const written: Omit<Published, "acked">[] = [];
    let isRolledBack = false;
    try {
      await this.#client.transaction(async (connection) => {
        for (let left = between(random, 1, 3); left > 0; left -= 1) {
          const message = { writer: this.#name, n: (this.#n += 1), id: String(between(random, 0, CHANNELS - 1)) };
          written.push({ ...message, begun: Date.now() });
          await connection.query(INSERT, [
            `torture.${message.id}`,
            JSON.stringify({ writer: this.#name, n: message.n }),
          ]);
          await passed(random() < 0.4 ? between(random, 0, 60) : 0);
        }
        if (random() < ROLLED_BACK) {
          isRolledBack = true;
          throw new Error("rolled back");
        }
      });
      const acked = Date.now();
      for (const message of written) this.#ledger.published({ ...message, acked });
    } catch {
      if (isRolledBack) for (const message of written) this.#ledger.rolledBack(message);
      else await passed(RETRY_MS); // the server is away: whether a commit in progress has happened is unknown
    }
  }
}
