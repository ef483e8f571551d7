import type { Clock } from "@repo/core-realtime";
import { SqlError, type SqlClient } from "@repo/realtime-postgres";

export interface CatalogueWatchOptions {
  readonly client: Pick<SqlClient, "query">;
  readonly clock: Clock;
  /** The oids of the live tables. */
  readonly tables: () => readonly string[];
  readonly onChange: () => Promise<void>;
  readonly onError: (cause: unknown) => void;
}

const CHECK_MS = 5_000;

// Policies of every table, because those of dependencies count too; roles and their members; the functions and views that policies may
// use; the tables' columns, privileges and capture.
const VERSION = `select md5(concat(
  (select string_agg(concat(p.oid, ':', p.xmin), ',' order by p.oid) from pg_catalog.pg_policy p),
  (select string_agg(concat(c.oid, ':', c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.relname, c.relnamespace), ',' order by c.oid) from pg_catalog.pg_class c where c.relkind in ('r', 'p', 'v') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'realtime'::regnamespace) and c.relpersistence <> 't'),
  (select string_agg(concat(a.attrelid, ':', a.attnum, ':', a.xmin), ',' order by a.attrelid, a.attnum) from pg_catalog.pg_attribute a where a.attrelid = any ($1::text[]::oid[]) and a.attnum > 0),
  (select string_agg(concat(f.oid, ':', f.xmin), ',' order by f.oid) from pg_catalog.pg_proc f where f.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'realtime'::regnamespace)),
  (select string_agg(concat(w.oid, ':', w.xmin), ',' order by w.oid) from pg_catalog.pg_rewrite w join pg_catalog.pg_class v on v.oid = w.ev_class where v.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)),
  (select string_agg(concat(g.oid, ':', g.xmin), ',' order by g.oid) from pg_catalog.pg_trigger g where g.tgfoid = 'realtime.capture_changes()'::regprocedure),
  (select string_agg(concat(n.oid, ':', n.xmin), ',' order by n.oid) from pg_catalog.pg_namespace n where n.nspname !~ '^pg_'),
  (select string_agg(concat(o.oid, ':', o.rolname, o.rolsuper, o.rolbypassrls, o.rolinherit), ',' order by o.oid) from pg_catalog.pg_roles o),
  (select string_agg(concat(m.roleid, ':', m.member, ':', m.xmin), ',' order by m.roleid, m.member) from pg_catalog.pg_auth_members m)
)) as version`;

/** Detects that policies, privileges or tables have been changed, within some seconds. */
export class CatalogueWatch {
  readonly #options: CatalogueWatchOptions;
  #version: string | undefined;
  #cancel: () => void = () => undefined;
  #isClosed = false;

  constructor(options: CatalogueWatchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#version = await this.#read();
    this.#schedule();
  }

  /** Checks at once. */
  async check(): Promise<void> {
    const { onChange, onError } = this.#options;
    try {
      const version = await this.#read();
      if (version === this.#version) return;
      await onChange();
      this.#version = version; // only then: a change that was not taken in is tried again
    } catch (cause) {
      if (!(cause instanceof SqlError && cause.isUnavailable)) onError(cause);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#options.clock.after(CHECK_MS, () => {
      void this.check().then(() => this.#schedule());
    });
  }

  async #read(): Promise<string> {
    const [row] = await this.#options.client.query<{ readonly version: string }>(VERSION, [this.#options.tables()]);
    return row?.version ?? "";
  }
}
