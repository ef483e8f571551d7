import { trackPg, type PgQueryable } from "./track-pg.js";
import { trackPglite, type PgliteQueryable } from "./track-pglite.js";

const TRACKED = Symbol("tracked");

/**
 * Makes `recordReads` see the statements of a Drizzle database over `pg` or PGlite, in transactions and prepared statements too. Changes the
 * database that it is given and returns it: call it once, before the first statement is prepared.
 */
export function trackDrizzle<T extends object>(database: T): T {
  const session = sessionOf(database);
  if (!session || !isQueryable(session.client))
    throw new TypeError(
      "trackDrizzle takes a Drizzle database over pg or PGlite. Track another driver by trackTableRead.",
    );
  if (session[TRACKED]) return database;
  session.client = isPglite(session.client) ? trackPglite(session.client) : trackPg(session.client);
  session[TRACKED] = true;
  return database;
}

interface Session {
  client: unknown;
  [TRACKED]?: boolean;
}

function sessionOf(database: object): Session | undefined {
  const session: unknown = Reflect.get(database, "session");
  return typeof session === "object" && session !== null && "client" in session ? (session as Session) : undefined;
}

function isQueryable(client: unknown): client is PgQueryable {
  return typeof client === "object" && client !== null && "query" in client;
}

function isPglite(client: object): client is PgliteQueryable {
  return "exec" in client && "sql" in client && "transaction" in client;
}
