import { Worker } from "node:worker_threads";
import type { Clock } from "@repo/core-realtime";
import type { RawResult } from "../../worker/raw-query.mjs";
import { packageFolder } from "../package-folder.js";
import type { PgliteStatements } from "./pglite-engine.js";
import { SqlError } from "./sql-client.js";

export interface PgliteThreadOptions {
  /** Given to PGlite: `dataDir`, `loadDataDir`. */
  readonly data: { readonly dataDir?: string; readonly loadDataDir?: Blob };
  readonly statementTimeoutMs: number;
  readonly clock: Clock;
  readonly onNotify: (channel: string, payload: string) => void;
}

/** A thread with PGlite in it, until it ends. It ends with a statement that runs for too long. */
export class PgliteThread implements PgliteStatements {
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #options: PgliteThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #failure: SqlError | undefined;

  private constructor(worker: Worker, options: PgliteThreadOptions) {
    this.#worker = worker;
    this.#options = options;
    worker.on("message", (message: Reply | Notification) => this.#receive(message)); // our own worker's: not checked
    worker.on("error", (cause) => this.#fail(`PGlite's thread failed: ${cause.message}`, { cause }));
    this.ended = new Promise((resolve) => {
      worker.once("exit", (code) => {
        this.#fail(`PGlite's thread ended with exit code ${code}.`);
        resolve();
      });
    });
  }

  /** It has ended, or is about to: nothing more can be sent. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Resolves when the database is open. */
  static async start(options: PgliteThreadOptions): Promise<PgliteThread> {
    const worker = new Worker(new URL("worker/pglite-worker.mjs", packageFolder()), {
      workerData: options.data,
      execArgv: [], // not the loaders of this process
    });
    const thread = new PgliteThread(worker, options);
    const ready = new Promise<void>((resolve) => worker.once("message", () => resolve()));
    await Promise.race([ready, thread.ended]);
    if (thread.#failure) throw thread.#failure;
    worker.unref();
    return thread;
  }

  async query(text: string, values: readonly (string | null)[]): Promise<RawResult> {
    return (await this.#request({ run: "query", text, values })) as RawResult; // the border to the thread
  }

  async execute(text: string): Promise<string | undefined> {
    return (await this.#request({ run: "execute", text })) as string | undefined;
  }

  async close(): Promise<void> {
    await this.#request({ run: "close" }).catch(() => undefined); // it ends with or without a reply
    await this.#worker.terminate();
  }

  #request(request: object): Promise<unknown> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(this.#options.statementTimeoutMs, () => this.#end());
      this.#worker.ref(); // a process waits for its statement
      this.#waiting.set(id, { resolve, reject, cancel });
      this.#worker.postMessage({ id, ...request });
    });
  }

  #receive(message: Reply | Notification): void {
    if ("channel" in message) return this.#options.onNotify(message.channel, message.payload);
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return; // the message that the database is open
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    waiting.cancel();
    if (!message.error) return waiting.resolve(message.result);
    const { message: text, code } = message.error;
    waiting.reject(new SqlError(text, { code, isUnavailable: code === undefined }));
  }

  #end(): void {
    const { statementTimeoutMs, data } = this.#options;
    const lost = data.dataDir === undefined ? "its data, which was in memory, is lost" : "it opens its folder again";
    this.#fail(`A statement ran longer than ${statementTimeoutMs} ms, so PGlite was ended: ${lost}.`, {
      code: "57014",
    });
    void this.#worker.terminate();
  }

  #fail(message: string, details: { readonly code?: string; readonly cause?: unknown } = {}): void {
    this.#failure ??= new SqlError(message, { ...details, isUnavailable: true });
    for (const { reject, cancel } of this.#waiting.values()) {
      cancel();
      reject(this.#failure);
    }
    this.#waiting.clear();
  }
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: SqlError): void;
  cancel(): void;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly code?: string };
}

interface Notification {
  readonly channel: string;
  readonly payload: string;
}
