import type { SqlClient } from "@repo/realtime-postgres";

/** A column, as its type is written. */
interface TypedColumn {
  readonly table: string;
  readonly name: string;
  /** The base type's name in pg_catalog, of an array that of its elements. */
  readonly type: string;
  readonly dimensions: number;
  readonly labels: readonly string[] | null;
  readonly isNullable: boolean;
  /** The database fills it in where it is left out. */
  readonly isFilled: boolean;
  /** Only the database writes it. */
  readonly isGenerated: boolean;
}

const COLUMNS = `
with recursive wanted as (select w.name, w.name::regclass::oid as oid, w.place from unnest($1::text[]) with ordinality w (name, place)),
based as (
  select w.name as table_name, w.place, a.attnum, a.attname, a.attnotnull or t.typnotnull as attnotnull, a.atthasdef or t.typdefault is not null as atthasdef, a.attidentity, a.attgenerated, t.oid as type, t.typtype, t.typbasetype, t.typnotnull
    from wanted w join pg_catalog.pg_attribute a on a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped
    join pg_catalog.pg_type t on t.oid = a.atttypid
  union all
  select b.table_name, b.place, b.attnum, b.attname, b.attnotnull or t.typnotnull, b.atthasdef, b.attidentity, b.attgenerated, t.oid, t.typtype, t.typbasetype, t.typnotnull
    from based b join pg_catalog.pg_type t on t.oid = b.typbasetype where b.typtype = 'd'
)
select b.table_name as "table", b.attname::text as name, coalesce(e.typname, t.typname)::text as type,
  (e.oid is not null)::int as dimensions,
  (select array_agg(l.enumlabel::text order by l.enumsortorder) from pg_catalog.pg_enum l where l.enumtypid = coalesce(e.oid, t.oid)) as labels,
  not b.attnotnull as "isNullable", b.atthasdef or b.attidentity <> '' as "isFilled", b.attgenerated <> '' or b.attidentity = 'a' as "isGenerated"
from based b join pg_catalog.pg_type t on t.oid = b.type
  left join pg_catalog.pg_type e on t.typcategory = 'A' and e.oid = t.typelem
where b.typtype <> 'd'
order by b.place, b.attnum`;

const TYPES: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  float4: "number",
  float8: "number",
  json: "unknown",
  jsonb: "unknown",
};

/** The TypeScript of `createQueries<Database>`, read from the database. Rejects with a `SqlError` where a table is not there. */
export async function tableTypes(client: Pick<SqlClient, "query">, tables: readonly string[]): Promise<string> {
  const columns = await client.query<TypedColumn>(COLUMNS, [tables]);
  const parts = tables.map((table) =>
    tableText(
      table,
      columns.filter((column) => column.table === table),
    ),
  );
  return [HEAD, `export interface Database {\n${parts.join("\n")}\n}\n`].join("\n");
}

const HEAD = "// Written by `fourgate-live-query types`; write it again when a table has changed.\n";

function tableText(table: string, columns: readonly TypedColumn[]): string {
  const written = columns.filter(({ isGenerated }) => !isGenerated);
  return [
    `  readonly ${property(table)}: {`,
    `    readonly row: {\n${columns.map((column) => line(column, "")).join("\n")}\n    };`,
    `    readonly insert: {\n${written.map((column) => line(column, isOptional(column) ? "?" : "")).join("\n")}\n    };`,
    `    readonly update: {\n${written.map((column) => line(column, "?")).join("\n")}\n    };`,
    "  };",
  ].join("\n");
}

function isOptional({ isNullable, isFilled }: TypedColumn): boolean {
  return isNullable || isFilled;
}

function line(column: TypedColumn, mark: "" | "?"): string {
  const type = typeOf(column);
  const orNull = column.isNullable && type !== "unknown" ? " | null" : "";
  return `      readonly ${property(column.name)}${mark}: ${type}${orNull};`;
}

/** As JSON carries it: what a number of JavaScript does not hold exactly, and times, are text. */
function typeOf({ type, dimensions, labels }: TypedColumn): string {
  const one = labels ? labels.map((label) => JSON.stringify(label)).join(" | ") : (TYPES[type] ?? "string");
  if (dimensions === 0) return one;
  return labels && labels.length > 1 ? `readonly (${one})[]` : `readonly ${one}[]`;
}

function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
