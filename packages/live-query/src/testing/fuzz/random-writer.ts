import { SqlError, type SqlClient, type SqlConnection } from "@repo/realtime-postgres";
import type { CommitLog } from "./commit-log.js";
import { LISTED, ROOMS, USERS } from "./fuzz-schema.js";
import { literal } from "./plain-select.js";
import type { Random } from "./random.js";
import { VALUES } from "./random-query.js";

const COLUMNS = [...LISTED.filter((name) => name !== "id"), "secret"] as const;
const MAX_ID = 36; // few, so that rows are changed again while the change before is on its way

export interface WriterOptions {
  readonly client: SqlClient;
  readonly log: CommitLog;
  readonly random: Random;
  /** PGlite has one session: a transaction that is open must not wait for another. */
  readonly isConcurrent: boolean;
  /** How often a statement changes a table that policies read: many results are read anew then, and little is left to apply. */
  readonly dependencyRate: number;
}

/** Runs transactions of some statements each, with pauses in between; some are rolled back. */
export async function writeAtRandom(count: number, options: WriterOptions): Promise<void> {
  const { client, log, random, isConcurrent } = options;
  for (let nth = 0; nth < count; nth += 1) {
    const isTruncation = random.chance(0.02);
    let end = isConcurrent && !isTruncation ? undefined : await log.begin();
    let tables: ReadonlySet<string> | undefined;
    try {
      await client.transaction(async (connection) => {
        const touched = await (isTruncation ? truncation(connection) : statements(connection, options));
        if (random.chance(0.12)) throw new RollBack();
        end ??= await log.begin();
        tables = touched;
      });
    } catch (cause) {
      tables = undefined;
      if (!(cause instanceof RollBack) && !(cause instanceof SqlError && EXPECTED.has(cause.code ?? ""))) throw cause;
    } finally {
      await end?.(tables);
    }
  }
}

class RollBack extends Error {}
const EXPECTED = new Set(["23505", "40P01", "22003", "55P03"]); // a key that exists, a deadlock, a number out of its range, a lock

async function truncation(connection: SqlConnection): Promise<ReadonlySet<string>> {
  await connection.execute("set local lock_timeout = '100ms'; truncate public.items"); // others may be waiting for this one's end
  return new Set(["items"]);
}

async function statements(
  connection: SqlConnection,
  { random, dependencyRate }: WriterOptions,
): Promise<ReadonlySet<string>> {
  const touched = new Set<string>();
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const isUndone = random.chance(0.08);
    if (isUndone) await connection.execute("savepoint part");
    const [table, sql] = statement(random, dependencyRate);
    await connection.execute(sql);
    if (isUndone) await connection.execute("rollback to savepoint part");
    else touched.add(table);
    if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(12)));
  }
  return touched;
}

type Statement = readonly [table: string, sql: string];

function statement(random: Random, dependencyRate: number): Statement {
  const table = random.next() / dependencyRate;
  if (table < 0.5) return ["members", memberStatement(random)];
  if (table < 0.8) return ["rooms", roomStatement(random)];
  if (table < 1) return ["blocked", blockedStatement(random)];
  return ["items", itemStatement(random)];
}

function itemStatement(random: Random): string {
  const id = 1 + random.below(MAX_ID);
  const room = random.below(ROOMS);
  const kind = random.next();
  const column = random.pick(COLUMNS);
  if (kind < 0.38) return insertion(random, id);
  if (kind < 0.7) return `update public.items set ${assignment(random, column)} where id = ${id}`;
  if (kind < 0.76)
    return `update public.items set prio = prio + 1, ${assignment(random, "title")} where room = ${room}`;
  if (kind < 0.8)
    return `update public.items set ${assignment(random, "room")} where room = ${room} and id % 3 = ${id % 3}`;
  if (kind < 0.85) return `update public.items set id = ${1 + random.below(MAX_ID)} where id = ${id}`;
  if (kind < 0.96) return `delete from public.items where id = ${id}`;
  if (kind < 0.99) return `delete from public.items where room = ${room} and id > ${id}`;
  return "update public.items set prio = coalesce(prio, 0)";
}

export function insertion(random: Random, id: number): string {
  const values = COLUMNS.map((name) => valueText(random, name)).join(", ");
  return `insert into public.items (id, ${COLUMNS.join(", ")}) values (${id}, ${values})
    on conflict (id) do update set ${assignment(random, random.pick(COLUMNS))}`;
}

function assignment(random: Random, column: (typeof COLUMNS)[number]): string {
  return `${column} = ${valueText(random, column)}`;
}

function valueText(random: Random, column: (typeof COLUMNS)[number]): string {
  const value = random.pick(VALUES[column]);
  return value === null ? "null" : literal(value) + (column === "kind" ? "::public.kind" : "");
}

function memberStatement(random: Random): string {
  const user = literal(USERS[random.below(3)]);
  const room = random.below(ROOMS);
  const level = random.below(4);
  return random.pick([
    `insert into public.members values (${room}, ${user}, ${level}) on conflict (room, user_id) do update set level = ${level}`,
    `delete from public.members where room = ${room} and user_id = ${user}`,
    `update public.members set note = 'n${level}' where room = ${room}`,
    `update public.members set level = ${level} where user_id = ${user}`,
  ]);
}

function roomStatement(random: Random): string {
  const id = random.below(ROOMS);
  const owner = random.chance(0.5) ? literal(USERS[random.below(3)]) : "null";
  return random.pick([
    `insert into public.rooms values (${id}, 'private', ${owner}) on conflict (id) do update set owner = ${owner}`,
    `update public.rooms set scope = ${random.chance(0.4) ? "'public'" : "'private'"} where id = ${id}`,
    `delete from public.rooms where id = ${id}`,
  ]);
}

function blockedStatement(random: Random): string {
  const user = literal(USERS[random.below(3)]);
  return random.chance(0.4)
    ? `insert into public.blocked values (${user}) on conflict do nothing`
    : `delete from public.blocked where user_id = ${user}`;
}
