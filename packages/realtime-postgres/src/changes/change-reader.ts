import type { SqlClient } from "../client/sql-client.js";
import { inOrder, type RecordedChange } from "./change-order.js";
import type { RowChange, RowImage } from "./row-change.js";
import { Snapshot } from "./snapshot.js";

/** What became visible since the snapshot before. */
export interface ReadChanges {
  readonly snapshot: Snapshot;
  readonly changes: readonly RowChange[];
  /** Changes may be missing, of those that the snapshot shows. */
  readonly isLost: boolean;
  /** Nothing is recorded at present: the tables are too large, and cannot be emptied. */
  readonly isPaused: boolean;
  /** Called once for each such time, with a sentence for a developer. */
  readonly problem: Error | undefined;
}

const PAUSED =
  "Changes of watched tables are not recorded: their tables are too large and cannot be emptied, so everything is read again and again. Run fourgate-postgres doctor.";

const MAX_ROWS = 20_000; // of one batch; beyond that only the tables are named
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads the changes by snapshot difference: everything that is visible now and was not in the snapshot before. */
export class ChangeReader {
  readonly #client: SqlClient;
  #position: Position | undefined;
  #identity = "";
  #wasPaused = false;
  /** Transactions that may have written before anything was recorded: when one has ended, its changes may be missing. */
  #doubtful = new Set<bigint>();

  constructor(client: SqlClient) {
    this.#client = client;
  }

  /** Begins, or continues after the database was away. The first one is nothing but the snapshot from which on changes are read. */
  async open(): Promise<ReadChanges> {
    const [row] = await this.#client.query<FollowRow>(FOLLOW);
    if (!row) throw new TypeError("realtime.follow_changes() returned nothing. Run the migrations of this version.");
    const { identity, snapshot, known, until, doubtful } = row;
    const isFirst = this.#position === undefined;
    if (!isFirst && identity === this.#identity) return this.read();
    this.#identity = identity;
    this.#position = { snapshot: Snapshot.parse(snapshot), known, until };
    this.#doubtful = new Set(doubtful.map(BigInt));
    return { snapshot: this.#position.snapshot, changes: [], isLost: !isFirst, isPaused: false, problem: undefined };
  }

  async read(): Promise<ReadChanges> {
    const position = this.#position;
    if (!position) throw new TypeError("The reader is not open. Call open() first.");
    const { snapshot: shown, known, until } = position;
    const rows = await this.#client.query<ChangeRow>(READ, [shown.toString(), known, until, MAX_ROWS, MAX_BYTES]);
    const head = rows.find((row) => row.new_snapshot !== null);
    if (!head) throw new TypeError("realtime.read_changes() returned nothing. Run the migrations of this version.");
    const snapshot = Snapshot.parse(head.new_snapshot);
    this.#position = { snapshot, known: head.new_known, until: head.new_until };
    const ended = [...this.#doubtful].filter((xid) => snapshot.shows(xid));
    for (const xid of ended) this.#doubtful.delete(xid);
    for (const xid of head.doubtful ?? []) this.#doubtful.add(BigInt(xid));
    const isLost = head.lost !== null || ended.length > 0;
    const recorded = isLost ? [] : rows.flatMap((row) => (row.xid === null ? [] : [changeOf(row)]));
    const changes = recorded.length > MAX_ROWS ? withoutRows(recorded) : inOrder(recorded);
    const isPaused = head.lost === "paused";
    const problem = isPaused && !this.#wasPaused ? new Error(PAUSED) : undefined;
    this.#wasPaused = isPaused;
    return { snapshot, changes, isLost, isPaused, problem };
  }
}

interface Position {
  readonly snapshot: Snapshot;
  /** How often each table was emptied, as far as this reader has seen. */
  readonly known: readonly string[];
  /** Until when changes are certain to be recorded; seconds by the server's clock. */
  readonly until: string;
}

interface FollowRow {
  readonly identity: string;
  readonly snapshot: string;
  readonly known: readonly string[];
  readonly until: string;
  readonly doubtful: readonly string[];
}

interface HeadRow {
  readonly new_snapshot: string;
  readonly new_known: readonly string[];
  readonly new_until: string;
  readonly lost: string | null;
  readonly doubtful: readonly string[] | null;
  readonly xid: null;
}

interface RecordedRow {
  readonly new_snapshot: null;
  readonly xid: string;
  readonly seq: string;
  readonly relation: string;
  readonly kind: "i" | "u" | "d" | "x";
  readonly depth: number;
  readonly before: RowImage | null;
  readonly after: RowImage | null;
}

type ChangeRow = HeadRow | RecordedRow;

const KINDS = { i: "insert", u: "update", d: "delete", x: "unknown" } as const;

function changeOf({ xid, seq, relation, kind, depth, before, after }: RecordedRow): RecordedChange {
  const [was, is] = [before ?? undefined, after ?? undefined];
  const change = { xid: BigInt(xid), table: relation, kind: KINDS[kind], before: was, after: is };
  return { change, seq: BigInt(seq), depth };
}

/** One change for each transaction and table: what was committed while the database counted made the batch too large. */
function withoutRows(recorded: readonly RecordedChange[]): readonly RowChange[] {
  const changes = new Map<string, RowChange>();
  for (const { change } of recorded) {
    const { xid, table } = change;
    changes.set(`${xid}/${table}`, { xid, table, kind: "unknown", before: undefined, after: undefined });
  }
  return [...changes.values()];
}

const FOLLOW = "select * from realtime.follow_changes()";
const READ = "select * from realtime.read_changes($1::text, $2::bigint[], $3::bigint, $4::integer, $5::bigint)";
