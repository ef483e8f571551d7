import { SqlError, type SqlClient } from "../client/sql-client.js";
import { storedText } from "../client/stored-text.js";

interface WaitingText {
  readonly topic: string;
  readonly text: string;
  resolve(): void;
  reject(cause: unknown): void;
}

const MAX_TEXTS = 500; // of one statement
const MAX_CHARACTERS = 4 * 1024 * 1024; // of one statement, and at least one text
const MAX_WAITING_CHARACTERS = 64 * 1024 * 1024; // some seconds of a slow database; behind that, waiting only makes it worse

// A CTE that writes runs to its end although nothing reads it. One notification per statement: each takes a lock of the whole database.
const WRITE = `
  with written as (
    insert into realtime.bus (topic, text, is_escaped)
    select * from unnest($1::text[], $2::text[], $3::boolean[])
  )
  select pg_notify('realtime_bus', '')`;

/** Writes one node's texts in the order of the calls: what comes in one turn, or while a statement is in progress, is one statement. */
export class BusWriter {
  readonly #client: Pick<SqlClient, "query">;
  #waiting: WaitingText[] = [];
  #waitingCharacters = 0;
  #writing: Promise<void> | undefined;

  constructor(client: Pick<SqlClient, "query">) {
    this.#client = client;
  }

  /** Resolves when it is committed. Rejects where the database did not take it, or where too much is waiting. */
  write(topic: string, text: string): Promise<void> {
    if (this.#waitingCharacters + text.length > MAX_WAITING_CHARACTERS)
      return Promise.reject(
        new SqlError(
          `${this.#waiting.length} texts are waiting for the database, which is too slow or away. Send later.`,
          { isUnavailable: true },
        ),
      );
    this.#waitingCharacters += text.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ topic, text, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve(); // the rest of this turn
    while (this.#waiting.length > 0) await this.#writeBatch(this.#takeBatch());
    this.#writing = undefined;
  }

  async #writeBatch(batch: readonly WaitingText[]): Promise<void> {
    const stored = batch.map(({ text }) => storedText(text));
    try {
      await this.#client.query(WRITE, [
        batch.map(({ topic }) => topic),
        stored.map(({ text }) => text),
        stored.map(({ is_escaped }) => is_escaped),
      ]);
      for (const { resolve } of batch) resolve();
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    }
  }

  #takeBatch(): readonly WaitingText[] {
    let characters = 0;
    let count = 0;
    for (const { text } of this.#waiting) {
      characters += text.length;
      if (count > 0 && (characters > MAX_CHARACTERS || count >= MAX_TEXTS)) {
        characters -= text.length;
        break;
      }
      count += 1;
    }
    this.#waitingCharacters -= characters;
    return this.#waiting.splice(0, count);
  }
}
