import type { SqlClient } from "@repo/realtime-postgres";

/** A subscription whose result is read after every commit. */
export interface TracedQuery {
  readonly user: string | undefined;
  /** See `plainSelect`. */
  readonly sql: string;
}

/** What each traced query gave after one commit, as JSON; and which tables the transaction changed. */
interface Commit {
  readonly results: ReadonlyMap<TracedQuery, string>;
  readonly tables: ReadonlySet<string>;
}

/**
 * Lets one transaction commit at a time, and reads what every traced query gives between two commits: so all states that there ever
 * were are known, in their order.
 */
export class CommitLog {
  readonly #client: SqlClient;
  readonly traced = new Set<TracedQuery>();
  readonly commits: Commit[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: SqlClient) {
    this.#client = client;
  }

  /** The commits that have begun: the newest state that any client can have seen. */
  begun = 0;

  /** Waits for its turn; `end` is to be called when the transaction has ended. */
  async begin(): Promise<(tables: ReadonlySet<string> | undefined) => Promise<void>> {
    let finish: () => void = () => undefined;
    const before = this.#last;
    this.#last = new Promise<void>((resolve) => (finish = resolve));
    await before;
    this.begun = this.commits.length + 1;
    return async (tables) => {
      try {
        if (tables) this.commits.push({ tables, results: await this.read([...this.traced]) });
      } finally {
        finish();
      }
    };
  }

  /** What queries give now. */
  async read(queries: readonly TracedQuery[]): Promise<ReadonlyMap<TracedQuery, string>> {
    const [row] = await this.#client.query<{ readonly all: readonly (readonly unknown[])[] }>(
      "select public.fuzz_read($1::text::jsonb) as all",
      [JSON.stringify(queries.map(({ user, sql }) => ({ ...asUser(user), sql: `select ${sql}` })))],
    );
    return new Map(queries.map((query, index) => [query, rowsText(row?.all[index] ?? [])]));
  }

  /** Forgets what was before. */
  restart(): void {
    this.commits.length = 0;
    this.begun = 0;
  }
}

export function rolesOf(user: string | undefined): readonly string[] {
  return user?.endsWith("3") ? ["admin"] : [];
}

function asUser(user: string | undefined): Readonly<Record<string, string>> {
  const role = user === undefined ? "anon" : "authenticated";
  return {
    role,
    subject: user ?? "",
    claims: JSON.stringify(user === undefined ? { role } : { sub: user, role, roles: rolesOf(user) }),
  };
}

/** Rows as text: equal for equal rows. */
export function rowsText(rows: readonly unknown[]): string {
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
