import { SqlError, type SqlClient } from "@repo/realtime-postgres";
import { quoted } from "../sql/identifier.js";
import { kindOf, type Column } from "./column.js";
import type { LiveTable } from "./live-table.js";

/** A live table as the database has it. */
export interface TableDescription {
  readonly live: LiveTable;
  /** Its oid, as text; as in `RowChange`. */
  readonly oid: string;
  /** Quoted, with its schema. */
  readonly sqlName: string;
  /** Quoted, without its schema: policies name the table so. */
  readonly alias: string;
  /** All columns by name, those that are not listed included: policies may read them. */
  readonly columns: ReadonlyMap<string, Column>;
  /** The primary key. */
  readonly key: readonly string[];
  /** Two rows may have one key within a statement: the key is deferrable, so images do not show which row is which. */
  readonly isKeyDeferrable: boolean;
  /** There is a policy for SELECT, for any role. */
  readonly hasPolicy: boolean;
}

interface ColumnRow {
  readonly oid: string;
  readonly sqlName: string;
  readonly alias: string;
  readonly isSecured: boolean;
  readonly isWatched: boolean;
  readonly key: readonly string[] | null;
  readonly name: string;
  readonly type: string;
  readonly baseName: string;
  readonly baseType: string;
  readonly isArray: boolean;
  readonly isByteOrdered: boolean;
  readonly isDeterministic: boolean;
  readonly isWide: boolean;
  readonly isComputed: boolean;
  readonly isKeyDeferrable: boolean | null;
  readonly isGenerated: boolean;
  readonly hasPolicy: boolean;
}

const COLUMNS = `
with recursive target as (select $1::text::regclass::oid as oid),
based as (
  select a.attnum, a.attname, a.attgenerated, t.oid as type, t.typtype, t.typbasetype, a.attcollation
    from target join pg_catalog.pg_attribute a on a.attrelid = target.oid and a.attnum > 0 and not a.attisdropped
    join pg_catalog.pg_type t on t.oid = a.atttypid
  union all
  select b.attnum, b.attname, b.attgenerated, t.oid, t.typtype, t.typbasetype, b.attcollation
    from based b join pg_catalog.pg_type t on t.oid = b.typbasetype where b.typtype = 'd'
), element as (
  select b.*, coalesce(e.oid, b.type) as element, e.oid is not null as is_array
    from based b join pg_catalog.pg_type t on t.oid = b.type
    left join pg_catalog.pg_type e on t.typcategory = 'A' and e.oid = t.typelem
    where b.typtype <> 'd'
)
select c.oid::text as oid,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) as "sqlName",
  pg_catalog.quote_ident(c.relname) as alias,
  c.relrowsecurity as "isSecured",
  realtime.is_watched(c.oid) as "isWatched",
  (select array_agg(k.attname::text order by i.place) from pg_catalog.pg_index x
    cross join unnest(x.indkey::int2[]) with ordinality i (attnum, place)
    join pg_catalog.pg_attribute k on k.attrelid = c.oid and k.attnum = i.attnum
    where x.indrelid = c.oid and x.indisprimary) as key,
  e.attname::text as name,
  pg_catalog.quote_ident(dn.nspname) || '.' || pg_catalog.quote_ident(d.typname) as type, -- a domain's base: its checks are for what is stored
  t.typname::text as "baseName", t.typtype::text as "baseType", e.is_array as "isArray",
  e.attcollation = 0 or case case l.collprovider when 'd' then b.datlocprovider else l.collprovider end
    when 'c' then coalesce(nullif(l.collcollate, ''), b.datcollate) in ('C', 'POSIX') when 'b' then true else false end as "isByteOrdered",
  coalesce(l.collisdeterministic, true) as "isDeterministic",
  e.attname = any (realtime.wide_columns(c.oid::regclass)) as "isWide",
  e.attgenerated = 'v' as "isComputed",
  (select not x.indimmediate from pg_catalog.pg_index x where x.indrelid = c.oid and x.indisprimary) as "isKeyDeferrable",
  e.attgenerated <> '' as "isGenerated",
  exists (select from pg_catalog.pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*')) as "hasPolicy"
from target join pg_catalog.pg_class c on c.oid = target.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_database b on b.datname = current_database()
join element e on true
join pg_catalog.pg_type t on t.oid = e.element
join pg_catalog.pg_type d on d.oid = e.type join pg_catalog.pg_namespace dn on dn.oid = d.typnamespace
left join pg_catalog.pg_collation l on l.oid = e.attcollation
order by e.attnum`;

/** Reads the description of a table from the database. Rejects with a `TypeError` that states what to do where it cannot be live. */
export async function describeTable(client: Pick<SqlClient, "query">, live: LiveTable): Promise<TableDescription> {
  const rows = await client.query<ColumnRow>(COLUMNS, [quotedName(live.name)]).catch((cause: unknown) => {
    if (cause instanceof SqlError && !cause.isUnavailable)
      throw new TypeError(
        `defineLiveTable("${live.name}"): the database has no such table. Write its name as the database has it, capital letters included.`,
        { cause },
      );
    throw cause;
  });
  const [first] = rows;
  if (!first) throw new TypeError(`defineLiveTable("${live.name}"): the table has no columns.`);
  const columns = new Map(rows.map((row) => [row.name, columnOf(row)]));
  check(live, first, columns);
  const generated = rows.find(({ name, isGenerated }) => isGenerated && live.writable.has(name));
  if (generated)
    throw new TypeError(
      `defineLiveTable("${live.name}"): take "${generated.name}" out of writable; the database generates it.`,
    );
  const { oid, sqlName, alias, key, hasPolicy } = first;
  const isKeyDeferrable = first.isKeyDeferrable === true;
  return { live, oid, sqlName, alias, columns, key: key ?? [], isKeyDeferrable, hasPolicy };
}

/** Not folded to lower case: clients use the same name. */
function quotedName(name: string): string {
  return name.split(".").map(quoted).join(".");
}

function columnOf(row: ColumnRow): Column {
  const { name, type, isArray, isByteOrdered, isWide, isComputed } = row;
  const kind = row.isDeterministic ? kindOf(row.baseName, row.baseType) : "other"; // else equal texts may have different bytes
  return { name, type, kind, isArray, isByteOrdered, isWide, isComputed };
}

function check(
  live: LiveTable,
  { isSecured, isWatched, key, sqlName }: ColumnRow,
  columns: ReadonlyMap<string, Column>,
) {
  const at = `defineLiveTable("${live.name}")`;
  const missing = [...live.columns, ...live.writable].find((name) => !columns.has(name));
  if (missing !== undefined) throw new TypeError(`${at}: the table has no column "${missing}".`);
  if (!key) throw new TypeError(`${at}: the table needs a primary key; rows are identified by it.`);
  const unlisted = key.find((name) => !live.columns.has(name));
  if (unlisted !== undefined)
    throw new TypeError(`${at}: list the primary key's column "${unlisted}" among the columns.`);
  if (!isSecured)
    throw new TypeError(
      `${at}: the table has no row-level security, so every user would read all of it. Run: alter table ${sqlName} enable row level security; and write a policy.`,
    );
  if (!isWatched)
    throw new TypeError(
      `${at}: changes of the table are not captured. Run: select realtime.watch_table('${sqlName}');`,
    );
}
