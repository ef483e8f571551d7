import type { SqlConnection } from "@repo/realtime-postgres";

/** A table, view or the like, as far as a reader of it must know. */
export interface RelationRow {
  readonly oid: string;
  readonly name: string;
  /** `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table, … */
  readonly kind: string;
  readonly isSystem: boolean;
  /** The queries of a view. */
  readonly rules: readonly string[];
  /** The conditions of its policies, where row-level security is on. */
  readonly policies: readonly string[];
  /** Tables that share rows with it: what it inherits from, and what inherits from it, at any distance. */
  readonly relatives: readonly string[];
  /** By number. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that are unique alone, by number. */
  readonly unique: readonly string[];
}

export async function readRelations(
  connection: SqlConnection,
  oids: readonly string[],
): Promise<readonly RelationRow[]> {
  return connection.query<RelationRow>(
    `select c.oid::text as oid, c.oid::regclass::text as name, c.relkind::text as kind, c.oid < 16384 as "isSystem",
       array(select w.ev_action::text from pg_catalog.pg_rewrite w where w.ev_class = c.oid and w.ev_type = '1') as rules,
       array(select p.polqual::text from pg_catalog.pg_policy p where p.polrelid = c.oid and c.relrowsecurity and p.polqual is not null)
         as policies,
       array(
         with recursive down (oid) as (
           select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = c.oid
           union select i.inhrelid from pg_catalog.pg_inherits i join down on i.inhparent = down.oid
         ), up (oid) as (
           select i.inhparent from pg_catalog.pg_inherits i where i.inhrelid = c.oid
           union select i.inhparent from pg_catalog.pg_inherits i join up on i.inhrelid = up.oid
         )
         select oid::text from down union select oid::text from up
       ) as relatives,
       (select coalesce(jsonb_object_agg(a.attnum, a.attname), '{}') from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
         as columns,
       array(select i.indkey[0]::text from pg_catalog.pg_index i
         where i.indrelid = c.oid and i.indisunique and i.indnkeyatts = 1 and i.indpred is null and i.indkey[0] > 0) as unique
     from pg_catalog.pg_class c where c.oid = any ($1::text[]::oid[])`,
    [oids],
  );
}

/** A function, as far as a caller must know. */
export interface FunctionRow {
  readonly oid: string;
  readonly name: string;
  readonly plainName: string;
  readonly language: string;
  readonly isImmutable: boolean;
  /** Of `begin atomic`. */
  readonly tree: string | null;
  readonly source: string;
  /** What it takes, as a new function's parameters. */
  readonly parameters: readonly string[];
  readonly searchPath: string | null;
  /** Functions that an aggregate calls. */
  readonly parts: readonly string[];
}

/** Functions, and those behind operators. */
export async function readFunctions(
  connection: SqlConnection,
  { functions, operators }: { readonly functions: readonly string[]; readonly operators: readonly string[] },
): Promise<readonly FunctionRow[]> {
  return connection.query<FunctionRow>(
    `select p.oid::text as oid, p.oid::regprocedure::text as name, p.proname::text as "plainName", l.lanname::text as language,
       p.provolatile = 'i' as "isImmutable", p.prosqlbody::text as tree, p.prosrc as source,
       array(
         select concat_ws(' ', quote_ident(nullif(p.proargnames[place], '')), format_type(type, null))
         from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, place)
         where coalesce(p.proargmodes[place], 'i') in ('i', 'b', 'v') order by place
       ) as parameters,
       (select substr(setting, 13) from unnest(p.proconfig) as s (setting) where setting like 'search_path=%') as "searchPath",
       array(
         select part::oid::text from pg_catalog.pg_aggregate g,
           unnest(array[aggtransfn, aggfinalfn, aggcombinefn, aggmtransfn, aggminvtransfn, aggmfinalfn]) as part
         where g.aggfnoid = p.oid and part <> 0
       ) as parts
     from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
     where p.oid = any ($1::text[]::oid[])
       or p.oid in (select o.oprcode from pg_catalog.pg_operator o where o.oid = any ($2::text[]::oid[]))`,
    [functions, operators],
  );
}
