import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { RawResult } from "../../worker/raw-query.mjs";
import { DataFolder } from "./data-folder.js";
import { ListenerTable } from "./listener-table.js";
import { transactionOn, type Isolation, type PgliteEngine, type PgliteStatements } from "./pglite-engine.js";
import { PgliteThread } from "./pglite-thread.js";
import type { NotifyListener } from "./sql-client.js";

export interface PgliteWorkerOptions {
  /** Where the data is kept; left out: in memory. */
  readonly folder?: string;
  /** What a new database starts from, such as what PGlite's `dumpDataDir` gave: it is there in a tenth of the time. A function is called where it is needed, and its result is not kept. */
  readonly loadDataDir?: Blob | (() => Promise<Blob>);
  /** How long one statement may run, until PGlite is ended and opened again; default 15 000 ms. Opening has no limit. */
  readonly statementTimeoutMs?: number;
  readonly clock?: Clock;
}

/** PGlite in a thread of ours, one after the other where one has ended. */
export class PgliteWorker implements PgliteEngine {
  readonly #options: PgliteWorkerOptions;
  readonly #folder: DataFolder | undefined;
  readonly #prepare: (engine: PgliteEngine) => Promise<void>;
  readonly #table = new ListenerTable();
  #thread: Promise<PgliteThread>;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  private constructor(options: PgliteWorkerOptions, { folder, prepare }: Opening) {
    this.#options = options;
    this.#folder = folder;
    this.#prepare = prepare;
    this.#thread = this.#open();
  }

  /** `prepare` runs after each opening, before everything else. */
  static async start(
    options: PgliteWorkerOptions,
    prepare: (engine: PgliteEngine) => Promise<void> = () => Promise.resolve(),
  ): Promise<PgliteWorker> {
    const folder = options.folder === undefined ? undefined : await DataFolder.take(options.folder);
    const worker = new PgliteWorker(options, { folder, prepare });
    try {
      await worker.#thread;
    } catch (error) {
      await worker.close();
      throw error;
    }
    return worker;
  }

  query(sql: string, values: readonly (string | null)[]): Promise<RawResult> {
    return this.#exclusive((statements) => statements.query(sql, values));
  }

  execute(script: string): Promise<string | undefined> {
    return this.#exclusive((statements) => statements.execute(script));
  }

  transaction<T>(work: (statements: PgliteStatements) => Promise<T>, isolation?: Isolation): Promise<T> {
    return this.#exclusive((statements) => transactionOn(statements, work, isolation));
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    this.#table.add(channel, listener);
    await this.execute(`listen ${quoted(channel)}`);
    return async () => {
      if (!this.#table.delete(channel, listener) || this.#isClosed) return;
      await this.#exclusive(async (statements) => {
        if (!this.#table.channels.includes(channel)) await statements.execute(`unlisten ${quoted(channel)}`);
      });
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    await (await this.#thread.catch(() => undefined))?.close();
    await this.#folder?.release();
  }

  #exclusive<T>(work: (statements: PgliteStatements) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => work(await this.#running()));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** The thread of now; after one that ended the next one, and one that could not be opened is tried again. */
  async #running(): Promise<PgliteThread> {
    const thread = await this.#thread.catch(() => (this.#thread = this.#open()));
    if (!thread.hasFailed) return thread;
    await thread.ended;
    return this.#thread;
  }

  async #open(): Promise<PgliteThread> {
    const { loadDataDir, statementTimeoutMs = 15_000, clock = systemClock } = this.#options;
    const place = this.#folder;
    await place?.clearUnfinished();
    const thread = await PgliteThread.start({
      data: {
        ...(place ? { dataDir: place.data } : {}),
        ...(place?.isComplete || loadDataDir === undefined ? {} : { loadDataDir: await blobOf(loadDataDir) }),
      },
      statementTimeoutMs,
      clock,
      onNotify: (channel, payload) => this.#table.notify(channel, payload),
    });
    await place?.complete();
    void thread.ended.then(() => this.#reopen());
    await this.#prepare(new PreparedEngine(thread));
    for (const channel of this.#table.channels) await thread.execute(`listen ${quoted(channel)}`);
    return thread;
  }

  /** Before the next statement, not with it: the listeners are to be notified of the gap. */
  #reopen(): void {
    if (this.#isClosed) return;
    this.#thread = this.#open();
    this.#thread.then(
      () => this.#table.gap(),
      () => undefined, // the next statement tries again, and rejects with the reason
    );
  }
}

function blobOf(given: Blob | (() => Promise<Blob>)): Promise<Blob> | Blob {
  return typeof given === "function" ? given() : given;
}

interface Opening {
  readonly folder: DataFolder | undefined;
  readonly prepare: (engine: PgliteEngine) => Promise<void>;
}

/** Alone with a thread that no other caller has yet. */
class PreparedEngine implements PgliteEngine {
  readonly #thread: PgliteThread;

  constructor(thread: PgliteThread) {
    this.#thread = thread;
  }

  query(sql: string, values: readonly (string | null)[]): Promise<RawResult> {
    return this.#thread.query(sql, values);
  }

  execute(script: string): Promise<string | undefined> {
    return this.#thread.execute(script);
  }

  transaction<T>(work: (statements: PgliteStatements) => Promise<T>, isolation?: Isolation): Promise<T> {
    return transactionOn(this.#thread, work, isolation);
  }

  listen(): Promise<() => Promise<void>> {
    return Promise.reject(new TypeError("Listen after the database has been opened, not while it is prepared."));
  }

  async close(): Promise<void> {
    // the caller that opened the thread closes it
  }
}

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
