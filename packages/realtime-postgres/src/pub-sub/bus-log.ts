import type { SqlClient } from "../client/sql-client.js";
import { isContinuedBy, positionOf, startOf, type BusPosition } from "./bus-position.js";
import { originalText } from "../client/stored-text.js";

/** One text, as it was published. */
export interface BusText {
  readonly topic: string;
  readonly text: string;
}

interface PageRow {
  readonly snapshot: string;
  readonly server_start: string;
  /** Null, with all that follow, where there is no text. */
  readonly seq: string | null;
  readonly topic: string;
  readonly text: string;
  readonly is_escaped: boolean;
}

const PAGE = 500; // texts, so that a reader that was away for long does not hold the whole table at once

// Without a page to continue ($4 is null) all that is visible now; else what the first page's snapshot saw, behind the page before.
const READ = `
  select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server_start, page.*
  from (select 1) as always left join lateral (
    select seq, topic, text, is_escaped from realtime.bus
    where (xid >= $1::xid8 or xid = any($2::xid8[])) and topic = any($3::text[])
      and ($4::pg_snapshot is null or pg_visible_in_snapshot(xid, $4::pg_snapshot)) and seq > $5::bigint
    order by seq limit ${PAGE}
  ) as page on true`;

/** The texts of `realtime.bus` by commit: each once, whatever order their transactions ended in; one publisher's in its order. */
export class BusLog {
  readonly #client: Pick<SqlClient, "query">;

  constructor(client: Pick<SqlClient, "query">) {
    this.#client = client;
  }

  /** The position of this moment. */
  async now(): Promise<BusPosition> {
    const [row] = await this.#client.query<Pick<PageRow, "snapshot" | "server_start">>(
      "select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server_start",
    );
    return positionOf(row?.snapshot ?? "", row?.server_start ?? "");
  }

  /** What was committed since the position, on these topics; returns the position behind it. `take` receives it in pieces. */
  async read(
    since: BusPosition,
    topics: readonly string[],
    take: (texts: readonly BusText[]) => void,
  ): Promise<BusPosition> {
    let first: PageRow | undefined;
    let latest = since;
    for (let after = "0"; ;) {
      const rows = await this.#client.query<PageRow>(READ, [
        since.xmax,
        since.inProgress,
        topics,
        first?.snapshot ?? null,
        after,
      ]);
      first ??= rows[0];
      const position = positionOf(rows[0]?.snapshot ?? "", rows[0]?.server_start ?? "");
      if (!isContinuedBy(latest, position)) return this.read(startOf(position.serverStart), topics, take);
      latest = position;
      const texts = rows.filter(({ seq }) => seq !== null);
      if (texts.length > 0) take(texts.map((row) => ({ topic: row.topic, text: originalText(row) })));
      if (texts.length < PAGE) return positionOf(first?.snapshot ?? "", position.serverStart);
      after = texts.at(-1)?.seq ?? after;
    }
  }
}
