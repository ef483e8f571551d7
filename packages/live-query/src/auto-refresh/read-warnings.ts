import type { SqlClient } from "@repo/realtime-postgres";
import type { RecordedReads } from "../reads/record-reads.js";

/** Warns, once each, of what a page reads and the feed does not show: the page would be old without notice. */
export class ReadWarnings {
  readonly #client: Pick<SqlClient, "query">;
  readonly #warn: (sentence: string) => void;
  readonly #watched = new Set<string>();
  readonly #warned = new Set<string>();

  constructor(client: Pick<SqlClient, "query">, warn: (sentence: string) => void) {
    this.#client = client;
    this.#warn = warn;
  }

  async check(page: string, { reads, unknown, result }: RecordedReads<unknown>): Promise<void> {
    for (const name of unknown)
      this.#once(
        `Page "${page}" reads ${name}, and the tables that it reads are unknown. Call trackTableRead("table") in the page; or write an SQL function with BEGIN ATOMIC.`,
      );
    for (const name of asyncComponents(result))
      this.#once(
        `Page "${page}" returns <${name}>, an async component: it runs after the render, so what it reads is not recorded. Await its data in the page, and pass them as props.`,
      );
    const unseen = [...new Set(reads.map(({ table }) => table))].filter((table) => !this.#watched.has(table));
    if (unseen.length === 0) return;
    const rows = await this.#client.query<{
      readonly table: string;
      readonly name: string;
      readonly isWatched: boolean;
    }>(
      `select t.oid as "table", t.oid::oid::regclass::text as name, c.relispartition or realtime.is_watched(t.oid::oid::regclass) as "isWatched"
       from unnest($1::text[]) as t (oid) join pg_catalog.pg_class c on c.oid = t.oid::oid`, // partitions are watched with their table
      [unseen],
    );
    for (const { table, name, isWatched } of rows)
      if (isWatched) this.#watched.add(table);
      else
        this.#once(
          `Page "${page}" reads the table ${name}, whose changes are not recorded. Run once: fourgate-postgres watch ${name}`,
        );
  }

  #once(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.#warn(sentence);
  }
}

const MAX_DEPTH = 20;

/** The names of async function components among the elements that a page returns. */
function asyncComponents(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((each) => asyncComponents(each, depth + 1));
  if (!("$$typeof" in value && "props" in value && "type" in value)) return [];
  const own =
    typeof value.type === "function" && value.type.constructor.name === "AsyncFunction" ? [value.type.name || "…"] : [];
  const children =
    typeof value.props === "object" && value.props !== null && "children" in value.props
      ? value.props.children
      : undefined;
  return [...own, ...asyncComponents(children, depth + 1)];
}
