import type { SqlClient } from "@repo/realtime-postgres";

/** A type, with values of it as SQL literals. */
export interface TypeUnderTest {
  readonly type: string;
  readonly values: readonly string[];
  readonly isArray?: boolean;
  readonly isComputed?: boolean;
}

export const DEFINITIONS = `
  create type public.mood as enum ('sad', 'ok', 'happy');
  create domain public.positive as integer check (value > 0);
  create type public.pair as (a bigint, b text);
`;

const TEXTS = ["'a'", "'ab'", "'B'", "''", "'ä'", "'Z'", "'a '", "'\u{1F600}'", "'\uffee'", "E'x\\'y\"z\\\\'", "'%_'"];
const TYPES: Readonly<Record<string, TypeUnderTest>> = {
  i2: { type: "int2", values: ["'0'", "'-5'", "'32767'", "'10'", "'9'"] },
  i4: { type: "int4", values: ["'0'", "'-5'", "'2147483647'", "'10'", "'9'"] },
  i8: {
    type: "int8",
    values: ["'9007199254740993'", "'9007199254740992'", "'-9223372036854775808'", "'-9'", "'-10'", "'0'"],
  },
  n: {
    type: "numeric",
    values: [
      "'1.5'",
      "'1.50'",
      "'-0.001'",
      "'-0.01'",
      "'NaN'",
      "'Infinity'",
      "'-Infinity'",
      "'1e30'",
      "'0'",
      "'0.00'",
      "'-2'",
      "'10'",
    ],
  },
  n2: { type: "numeric(10, 2)", values: ["'1.5'", "'1.50'", "'-0.01'", "'-0.02'", "'12345678.99'", "'NaN'"] },
  f4: {
    type: "float4",
    values: ["'0.1'", "'-0.1'", "'NaN'", "'Infinity'", "'-Infinity'", "'3.4e38'", "'1e-40'", "'16777217'"],
  },
  f8: {
    type: "float8",
    values: ["'0.1'", "'0.30000000000000004'", "'NaN'", "'Infinity'", "'-Infinity'", "'1e300'", "'-0'", "'5e-324'"],
  },
  t: { type: "text", values: TEXTS },
  tc: { type: 'text collate "C"', values: TEXTS },
  vc: { type: "varchar", values: TEXTS },
  v5: { type: "varchar(5)", values: TEXTS.slice(0, 8) },
  c5: { type: "char(5)", values: ["'a'", "'ab'", "'B'", "''", "'a  '"] },
  qc: { type: '"char"', values: ["'a'", "'b'"] },
  u: {
    type: "uuid",
    values: [
      "'a0000000-0000-4000-8000-000000000001'",
      "'A0000000-0000-4000-8000-00000000000F'",
      "'00000000-0000-0000-0000-000000000000'",
    ],
  },
  b: { type: "boolean", values: ["'true'", "'false'"] },
  d: {
    type: "date",
    values: [
      "'2024-02-29'",
      "'infinity'",
      "'-infinity'",
      "'0044-03-15 BC'",
      "'0045-03-15 BC'",
      "'12024-01-01'",
      "'9999-12-31'",
      "'0001-01-01'",
    ],
  },
  ts: {
    type: "timestamp",
    values: [
      "'2024-02-29 12:00'",
      "'2024-02-29 12:00:00.5'",
      "'2024-02-29 12:00:00.55'",
      "'infinity'",
      "'-infinity'",
      "'0044-03-15 00:00 BC'",
      "'0044-03-15 00:00:00.1 BC'",
      "'12024-01-01'",
      "'112024-01-01'",
    ],
  },
  tz: {
    type: "timestamptz",
    values: [
      "'2024-02-29 12:00+02'",
      "'2024-02-29 10:00Z'",
      "'2024-02-29 12:00:00.5Z'",
      "'infinity'",
      "'-infinity'",
      "'0044-03-15 00:00Z BC'",
      "'0100-03-15 00:00Z BC'",
      "'12024-01-01Z'",
      "'0001-01-01 00:30+01'",
    ],
  },
  e: { type: "public.mood", values: ["'sad'", "'ok'", "'happy'"] },
  j: { type: "jsonb", values: [`'{"b":1,"a":[1.0,null]}'`, "'1'", `'"x"'`, "'null'", "'12345678901234567890'"] },
  js: { type: "json", values: [`'{"b": 1}'`] },
  by: { type: "bytea", values: ["'\\x00ff'", "'\\x'"] },
  ip: { type: "inet", values: ["'10.0.0.1'", "'10.0.0.0/8'", "'::1'"] },
  ia: { type: "int4[]", isArray: true, values: ["'{}'", "'{1,2}'", "'{NULL,3}'", "'{{1,2},{3,4}}'"] },
  ba: { type: "int8[]", isArray: true, values: ["'{}'", "'{9007199254740993,2}'", "'{NULL,3}'"] },
  na: { type: "numeric[]", isArray: true, values: ["'{1.5,2}'", "'{1.50}'", "'{NaN}'"] },
  ta: { type: "text[]", isArray: true, values: ["'{}'", "'{a,b}'", "'{NULL}'", `'{"a b","c,d"}'`] },
  ea: { type: "public.mood[]", isArray: true, values: ["'{sad,ok}'", "'{}'"] },
  dom: { type: "public.positive", values: ["'1'", "'20'", "'3'"] },
  pr: { type: "public.pair", values: ["'(9007199254740993,x)'"] },
  iv: { type: "interval", values: ["'1 day 02:00'", "'-3 months'", "'26 hours'"] },
  tm: { type: "time", values: ["'12:00'", "'23:59:59.5'"] },
  tmz: { type: "timetz", values: ["'12:00+02'", "'10:00Z'"] },
  mo: { type: "money", values: ["'12.5'", "'-3'"] },
  ra: { type: "int4range", values: ["'[1,5)'", "'empty'"] },
  bi: { type: "bit(3)", values: ["'101'", "'001'"] },
  pt: { type: "point", values: ["'(1,2)'"] },
  gen: { type: "integer generated always as (i4 % 7) stored", values: ["'0'", "'3'", "'-5'"], isComputed: true },
};

/** What this database has of them. */
export async function columnTypes(client: SqlClient): Promise<Readonly<Record<string, TypeUnderTest>>> {
  const [row] = await client.query<{ readonly hasIcu: boolean }>(
    `select exists (select from pg_collation where collname = 'und-x-icu') as "hasIcu"`,
  );
  const { hasIcu = false } = row ?? {};
  if (hasIcu)
    await client.query(
      "create collation public.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    );
  return {
    ...TYPES,
    ...(hasIcu && {
      tx: { type: 'text collate "und-x-icu"', values: TEXTS },
      nd: { type: "text collate public.nocase", values: TEXTS },
    }),
  };
}
