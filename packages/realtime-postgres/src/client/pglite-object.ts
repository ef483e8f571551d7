import type { PGlite } from "@electric-sql/pglite";
import { rawQuery, type RawResult } from "../../worker/raw-query.mjs";
import { ListenerTable } from "./listener-table.js";
import { sqlErrorOf } from "./pg-errors.js";
import type { Isolation, PgliteEngine, PgliteStatements } from "./pglite-engine.js";
import type { NotifyListener } from "./sql-client.js";

/** What this package needs of a PGlite that the app opened. */
export type PgliteDatabase = Pick<PGlite, "query" | "exec" | "transaction" | "listen" | "unlisten" | "parsers">;

/** A PGlite of the app's, which other code may use as well. */
export class PgliteObject implements PgliteEngine {
  readonly #database: PgliteDatabase;
  readonly #table = new ListenerTable();
  readonly #receivers = new Map<string, Receiver>();

  constructor(database: PgliteDatabase) {
    this.#database = database;
  }

  query(sql: string, values: readonly (string | null)[]): Promise<RawResult> {
    return rawQuery(this.#database, sql, values);
  }

  async execute(script: string): Promise<string | undefined> {
    return (await this.#database.exec(script)).at(-1)?.command;
  }

  async transaction<T>(work: (statements: PgliteStatements) => Promise<T>, isolation?: Isolation): Promise<T> {
    const { parsers } = this.#database;
    let failed: { readonly error: unknown } | undefined;
    const transaction = this.#database.transaction(async (tx) => {
      if (isolation) await tx.exec(`set transaction isolation level ${isolation}`);
      const statements: PgliteStatements = {
        query: (sql, values) => rawQuery({ query: tx.query.bind(tx), parsers }, sql, values),
        execute: async (script) => (await tx.exec(script)).at(-1)?.command,
      };
      return work(statements).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
    });
    return transaction.catch((cause: unknown) => {
      if (failed) throw failed.error;
      throw sqlErrorOf(cause);
    });
  }

  /** Once for each channel: listeners may be added and removed at the same time. */
  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    this.#table.add(channel, listener);
    const receive = this.#receivers.get(channel) ?? this.#receive(channel);
    this.#receivers.set(channel, receive);
    await receive.listening;
    return async () => {
      if (this.#table.delete(channel, listener)) await this.#unlisten(channel);
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#receivers.keys()].map((channel) => this.#unlisten(channel)));
  }

  #receive(channel: string): Receiver {
    const onPayload = (payload: string): void => this.#table.notify(channel, payload);
    return { onPayload, listening: this.#database.listen(quoted(channel), onPayload) };
  }

  async #unlisten(channel: string): Promise<void> {
    const receive = this.#receivers.get(channel);
    this.#receivers.delete(channel);
    if (receive) await this.#database.unlisten(quoted(channel), receive.onPayload).catch(ignoreClosedDatabase);
  }
}

interface Receiver {
  readonly onPayload: (payload: string) => void;
  readonly listening: Promise<unknown>;
}

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}

function ignoreClosedDatabase(): void {
  // the app may close its database first
}
