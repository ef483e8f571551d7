import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { SqlClient } from "../client/sql-client.js";
import { MESSAGE_COLUMNS, type LoggedMessage } from "../log/logged-message.js";

export interface LogTailOptions {
  readonly client: SqlClient;
  /** Only channels that this pattern matches, as in realtime.channels: `order:%`. */
  readonly pattern?: string | undefined;
  readonly onMessage: (message: LoggedMessage) => void;
  /** Messages are missing; the database is away, or is there again; or the numbers began anew. */
  readonly onNotice: (sentence: string) => void;
  readonly clock?: Clock;
}

/** Follows the log from its end on. It reads by the log's own numbers, and so follows it through changes of the relay. */
export class LogTail {
  readonly #options: LogTailOptions;
  readonly #clock: Clock;
  #position: Position | undefined;
  #isDue = false;
  #isOpen = true;
  #isAway = false;
  #reading: Promise<void> | undefined;
  #stopTimer = (): void => undefined;
  #unlisten = async (): Promise<void> => undefined;

  constructor(options: LogTailOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Resolves when everything that is numbered from now on will be passed on. Rejects where the database cannot be read. */
  async start(): Promise<void> {
    const { client } = this.#options;
    const read = (): void => this.#read();
    this.#unlisten = await client.listen("realtime_log", { onNotify: read, onGap: read });
    const [head] = await client.query<Position>(`select ${POSITION} from realtime.relay_state s`);
    this.#position = head;
    this.#read();
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#stopTimer();
    await Promise.allSettled([this.#unlisten(), this.#reading]);
  }

  #read(): void {
    this.#isDue = true;
    if (this.#isOpen && this.#position) this.#reading ??= this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#stopTimer();
    try {
      while (this.#isDue && this.#isOpen) {
        this.#isDue = false;
        await this.#readPage();
      }
      if (this.#isAway) this.#options.onNotice("The database is there again.");
      this.#isAway = false;
    } catch (cause) {
      if (!this.#isAway) this.#options.onNotice(`The database is away: ${sentenceOf(cause)} Waiting for it.`);
      this.#isAway = true;
    }
    this.#reading = undefined; // in the same turn as the last check of isDue: no call in between is lost
    if (this.#isOpen) this.#stopTimer = this.#clock.after(BACKSTOP_MS, () => this.#read());
  }

  async #readPage(): Promise<void> {
    const { client, pattern, onMessage, onNotice } = this.#options;
    const before = this.#position;
    if (!before) return;
    const rows = await client.query<TailRow>(READ, [before.last_seq, pattern ?? null, PAGE]);
    const [first] = rows;
    if (!first) return;
    if (first.lineage !== before.lineage) {
      onNotice("The log's numbers began anew: the database was restored, or another server took over.");
      this.#position = first;
      return;
    }
    let last = before.last_seq;
    for (const row of rows)
      if (row.seq !== null) {
        this.#expect(last, row.seq - 1);
        if (row.id !== null) onMessage(row);
        last = row.seq;
      }
    const isFull = rows.length === PAGE;
    this.#isDue ||= isFull;
    if (!isFull) this.#expect(last, first.last_seq);
    this.#position = { lineage: first.lineage, last_seq: isFull ? last : first.last_seq };
  }

  /** Every number after `last` up to `until` had a message. */
  #expect(last: number, until: number): void {
    const missing = until - last;
    if (missing === 0) return;
    const numbers =
      missing === 1
        ? `1 message is missing here (number ${until})`
        : `${missing} messages are missing here (numbers ${last + 1} to ${until})`;
    this.#options.onNotice(`${numbers}: deleted from realtime.messages before it could be read.`);
  }
}

const PAGE = 500;
const BACKSTOP_MS = 1_000;

interface Position {
  readonly last_seq: number;
  readonly lineage: string;
}

/** A message, or the number of one that the pattern does not match. */
type TailRow = Position & { readonly seq: number | null } & (LoggedMessage | { readonly id: null });

const POSITION = "s.last_seq::float8 as last_seq, s.lineage";
/** A page of all numbers, so that a missing one shows; the messages of those that $2 matches. */
const READ = `select ${POSITION}, p.number as seq, m.* from realtime.relay_state s left join lateral (
    select m.seq::float8 as number, m.seq as place, m.channel_name from realtime.messages m
      where m.seq > $1::bigint and m.seq <= s.last_seq order by m.seq limit $3
  ) p on true left join lateral (
    select ${MESSAGE_COLUMNS} from realtime.messages m
      where m.seq = p.place and ($2::text is null or realtime.match($2, p.channel_name))
  ) m on true order by p.place`;

function sentenceOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
