import type { BrokerNode, IRealtimeObserver } from "@repo/core-realtime";
import { wireNameOf } from "../channels/channel-names.js";
import type { SqlClient } from "../client/sql-client.js";
import { envelopeOf, MESSAGE_COLUMNS, type LoggedMessage } from "./logged-message.js";

export interface LogReaderOptions {
  readonly client: SqlClient;
  readonly node: Pick<BrokerNode, "onEnvelope" | "onGap">;
  readonly observer: IRealtimeObserver;
}

const PAGE = 500;
const BACKSTOP_MS = 1_000; // should a notification be lost; where none can come, the client calls onGap more often
const RETRY_MS = 250;
const MAX_BEHIND = 10_000; // messages; beyond that the subscribed channels are read from the history, which bounds what they need

interface Head {
  readonly last_seq: number;
  readonly lineage: string;
  readonly read_at: Date;
}

type LogRow = Head & { readonly seq: number | null } & LoggedMessage;

/** Follows the log from its end on, and passes every message to the node, in the log's order. */
export class LogReader {
  readonly #options: LogReaderOptions;
  #head: Head | undefined;
  #unlisten: () => Promise<void> = async () => undefined;
  #reading: Promise<void> | undefined;
  #isDue = false;
  #isPaused = false;
  #isClosed = false;
  #hasFailed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LogReaderOptions) {
    this.#options = options;
  }

  /** Resolves when everything that is numbered from now on will be passed on. Rejects where the database is away. */
  async open(): Promise<void> {
    const { client } = this.#options;
    this.#unlisten = await client.listen("realtime_log", { onNotify: () => this.#read(), onGap: () => this.#read() });
    this.#head = await this.#readHead();
    this.#later(BACKSTOP_MS);
  }

  /** Stops passing on; the node is cut off, and must deliver nothing. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Continues from the end of the log; what lies between, the node reads from the history. */
  resume(): void {
    this.#isPaused = false;
    this.#head = undefined;
    this.#read();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.allSettled([this.#unlisten(), this.#reading]);
  }

  #read(): void {
    this.#isDue = true;
    if (!this.#isClosed && !this.#isPaused) this.#reading ??= this.#readAll();
  }

  async #readAll(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      while (this.#isDue && !this.#isPaused && !this.#isClosed) {
        this.#isDue = false;
        if (await this.#readPage()) this.#isDue = true;
      }
      this.#hasFailed = false;
      this.#later(BACKSTOP_MS);
    } catch (cause) {
      if (!this.#hasFailed) this.#options.observer.observe({ kind: "failed", where: "log", cause });
      this.#hasFailed = true;
      this.#later(RETRY_MS);
    } finally {
      this.#reading = undefined;
    }
    if (this.#isDue) this.#read();
  }

  /** True where there may be more. */
  async #readPage(): Promise<boolean> {
    const { client, node } = this.#options;
    const head = this.#head;
    if (!head) {
      this.#head = await this.#readHead();
      node.onGap();
      return true;
    }
    const rows = await client.query<LogRow>(READ, [head.last_seq, head.read_at, PAGE]);
    const [first] = rows;
    if (!first || this.#isPaused || this.#isClosed) return false;
    if (this.#head !== head) return true; // cut off and back meanwhile
    if (first.lineage !== head.lineage || first.last_seq - head.last_seq > MAX_BEHIND) {
      this.#head = first;
      node.onGap();
      return true;
    }
    let last = head.last_seq;
    let count = 0;
    for (const row of rows)
      if (row.seq !== null) {
        this.#deliver(row);
        last = row.seq;
        count += 1;
      }
    const isFull = rows.length === PAGE;
    this.#head = {
      lineage: first.lineage,
      read_at: isFull ? head.read_at : first.read_at,
      last_seq: isFull ? last : first.last_seq,
    };
    if (count < this.#head.last_seq - head.last_seq) node.onGap(); // numbered, but deleted since, or logged too long ago to be read
    return isFull;
  }

  #deliver(row: LoggedMessage): void {
    const { node, observer } = this.#options;
    try {
      node.onEnvelope(envelopeOf(row));
    } catch (cause) {
      const channel = wireNameOf(row.channel);
      observer.observe({ kind: "failed", where: "log", cause, channel });
      node.onGap([channel]);
    }
  }

  async #readHead(): Promise<Head> {
    const [head] = await this.#options.client.query<Head>(`select ${HEAD} from realtime.relay_state l`);
    if (!head) throw new TypeError("realtime.relay_state is empty. Run the migrations of this version.");
    return head;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.#read(), ms);
    this.#timer.unref();
  }
}

const HEAD = "l.last_seq::float8 as last_seq, l.lineage, now() as read_at";

/** What was numbered after $1, a number that was read at $2; $3 at most. */
const READ = `select ${HEAD}, m.* from realtime.relay_state l left join lateral (
    select m.seq::float8 as seq, ${MESSAGE_COLUMNS} from realtime.log_after($1, $2, $3) m
  ) m on true`;
