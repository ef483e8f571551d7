/** A random number from 0 up to 1. */
export type Random = () => number;

/** Tables `a`, `b`, `c` with columns that equal each other often, and views over them. */
export const RANDOM_SCHEMA = `
  ${["a", "b", "c"].map((name) => `create table ${name} (id integer primary key, x integer, y bigint, z text, n numeric);`).join("\n")}
  create view v as select * from a where x = 1;
  create view w as select v.id, b.x, v.y, b.z, v.n from v left join b on b.id = v.x;
  create function has_b(integer) returns boolean language sql stable as 'select exists (select from b where x = $1)';
`;

const TABLES = ["a", "b", "c"];
const SOURCES = [...TABLES, ...TABLES, "v", "w"];
const JOINS = ["join", "left join", "right join", "full join"];

/** A query with up to four parameters, all of them small integers. */
export function randomQuery(random: Random): string {
  const pick = picker(random);
  const kind = Math.floor(random() * 6);
  if (kind === 0) return `select * from (${simple(random)}) q union all select * from (${simple(random)}) r`;
  if (kind === 1)
    return `with q as (${simple(random)}) select count(*), sum(q.id) from q left join ${pick(SOURCES)} s on s.id = q.x`;
  return simple(random);
}

/** One change of one row. */
export interface RandomChange {
  readonly table: string;
  readonly id: number;
  readonly sql: string;
}

export function randomChange(random: Random): RandomChange {
  const pick = picker(random);
  const table = pick(TABLES);
  const id = small(random);
  const set = pick([`x = ${value(random)}`, `y = ${value(random)}`, `z = ${text(random)}`, `n = ${decimal(random)}`]);
  const sql = pick([
    `update ${table} set ${set} where id = ${id}`,
    `update ${table} set ${set} where id = ${id}`,
    `update ${table} set ${set} where id = ${id}`,
    `delete from ${table} where id = ${id}`,
    `insert into ${table} values (${id}, ${value(random)}, ${value(random)}, ${text(random)}, ${decimal(random)}) on conflict do nothing`,
  ]);
  return { table, id, sql };
}

function simple(random: Random): string {
  const pick = picker(random);
  if (random() < 0.4) return `select s.id, s.x from ${pick(TABLES)} s where ${equality(random, "s")}`;
  const [one, two] = [pick(SOURCES), pick(SOURCES)];
  const join = pick(["", ...JOINS]);
  const from = join === "" ? `${one} s` : `${one} s ${join} ${two} t on ${onCondition(random)}`;
  const names = join === "" ? ["s"] : ["s", "t"];
  const conditions = Array.from({ length: Math.floor(random() * 3) }, () => condition(random, pick(names)));
  const where = conditions.length > 0 ? `where ${conditions.join(pick([" and ", " and ", " or "]))}` : "";
  const grouped = random() < 0.2;
  if (grouped) return `select ${pick(names)}.x as id, count(*)::integer as x from ${from} ${where} group by 1`;
  return `select ${names.map((name) => `${name}.*`)[0]} from ${from} ${where}`.replace(
    "select s.*",
    "select s.id, s.x",
  );
}

function onCondition(random: Random): string {
  const pick = picker(random);
  const compared = `s.${pick(["id", "x", "y", "n"])} = t.${pick(["id", "x", "y", "n"])}`; // merge-joinable: a full join needs it
  return random() < 0.4 ? `${compared} and ${equality(random, pick(["s", "t"]))}` : compared;
}

function condition(random: Random, name: string): string {
  const pick = picker(random);
  const other = pick(TABLES);
  return pick([
    equality(random, name),
    equality(random, name),
    equality(random, name),
    `${name}.id > ${small(random)}`,
    `${name}.x is null`,
    `not (${equality(random, name)})`,
    `exists (select from ${other} e where e.x = ${name}.id and ${equality(random, "e")})`,
    `${name}.x in (select e.x from ${other} e where ${equality(random, "e")})`,
    `has_b(${name}.x)`,
  ]);
}

function equality(random: Random, name: string): string {
  const pick = picker(random);
  return pick([
    `${name}.id = $1`,
    `${name}.x = $2`,
    `${name}.y = $3`,
    `$2 = ${name}.y`,
    `${name}.x in ($1, $4)`,
    `${name}.x = ${small(random)}`,
    `${name}.z = '1'`,
    `${name}.y = any (array[$2, $3])`,
    `${name}.n = $1`,
    `${name}.n = ${decimal(random)}`,
    `${name}.n in ($2, 2.50)`,
  ]);
}

function small(random: Random): number {
  return Math.floor(random() * 4);
}

function value(random: Random): string {
  return random() < 0.15 ? "null" : String(small(random));
}

function text(random: Random): string {
  return random() < 0.15 ? "null" : `'${small(random)}'`;
}

/** Equal ones often, and not in the same text. */
function decimal(random: Random): string {
  return random() < 0.15 ? "null" : picker(random)(["0.00", "1", "1.0", "1.000", "2.5", "2.50", "3.0"]);
}

function picker(random: Random): <T>(values: readonly T[]) => T {
  return <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T; // never out of range
}
