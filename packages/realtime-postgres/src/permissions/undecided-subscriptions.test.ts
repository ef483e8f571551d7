import { FakeClock } from "@repo/core-testing";
import { PostgresServer } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { openSqlNode, run } from "../testing/index.js";

const MIA = "00000000-0000-4000-8000-000000000001";
const SAM = "00000000-0000-4000-8000-000000000002";

const ROOMS = `
  create table public.members (user_id uuid);
  insert into public.members values ('${MIA}'), ('${SAM}');
  grant usage on schema public to authenticated;
  grant select on public.members to authenticated;
  insert into realtime.channels (pattern) values ('room:%');
  create policy members on realtime.channels for select to authenticated using (
    exists (select from public.members where user_id = auth.uid()))`;

const PROBE_FAILED = new SqlError("The check found no database.", { isUnavailable: true });

/** A client whose failures of the check of all subscriptions differ from those of polls. */
class NamedProbe implements SqlClient {
  readonly #client: SqlClient;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    const rows = this.#client.query<Row>(sql, values);
    return sql === "select 1" ? rows.catch(() => Promise.reject(PROBE_FAILED)) : rows;
  }

  transaction: SqlClient["transaction"] = (work, isolation) => this.#client.transaction(work, isolation);
  listen: SqlClient["listen"] = () => Promise.resolve(() => Promise.resolve()); // its loss would begin a check, at a moment of its own
  session: SqlClient["session"] = () => this.#client.session();
  close: SqlClient["close"] = () => this.#client.close();
}

/** A node whose other parts do not need the database: messages arrive while it is away. */
async function roomNode() {
  const server = await PostgresServer.start();
  onTestFinished(() => server.close());
  const { connectionString } = await server.createDatabase();
  const client = new PgClient({ connectionString, connectionTimeoutMs: 1_000 });
  onTestFinished(() => client.close());
  await migrate(client);
  await run(client, ROOMS);
  const clock = new FakeClock();
  const failed: unknown[] = [];
  const onError = (cause: unknown) => failed.push(cause);
  const node = await openSqlNode(new NamedProbe(client), { clock, onError });
  const [mia, sam] = [node.enter(MIA), node.enter(SAM)];
  for (const each of [mia, sam]) expect(await each.subscribe("room:1")).toMatchObject({ ok: true });
  const publish = async (text: string) => {
    const channel = node.realtime.registry.resolve("room:1")?.address ?? expect.unreachable();
    await node.realtime.broadcaster.broadcast(channel, "posted", text);
  };
  const received = () => mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));
  /** The check of all subscriptions, which finds no database. */
  const checkInVain = async () => {
    clock.advance(30_000);
    await expect.poll(() => failed, { interval: 5 }).toContain(PROBE_FAILED);
  };
  return { ...node, server, client, clock, mia, sam, publish, received, checkInVain };
}

const away = [["room:1", "INTERNAL_ERROR"]];

it("keeps an open subscription while the database is away, and ends it with a code when its bound has passed", async () => {
  const { server, clock, mia, publish, received, checkInVain } = await roomNode();
  await server.stop("immediate");
  await checkInVain();
  await publish("within the bound");
  await expect.poll(received, { interval: 5 }).toEqual(["within the bound"]);
  clock.advance(24_999);
  expect(mia.left()).toEqual([]);
  clock.advance(1);
  await expect.poll(() => mia.left(), { interval: 5 }).toEqual(away); // without another tick of the clock: at 60 s at the latest
  expect(mia.frames.at(-1)).toMatchObject({ error: { retry: "later", retryAfterMs: 1_000 } });
  await publish("after it");
  expect(received()).toEqual(["within the bound"]);
});

it("queries the database once more before the bound passes, and keeps the users who may still subscribe", async () => {
  const { server, client, realtime, clock, mia, sam, checkInVain } = await roomNode();
  await server.stop("immediate");
  await checkInVain();
  await server.resume();
  const queries = () => Promise.all(Array.from({ length: 20 }, () => client.query("select 1"))); // on every connection of the pool
  await expect.poll(() => queries().then(() => "up", () => "away")).toBe("up"); // prettier-ignore
  await run(
    client,
    `alter table public.members disable trigger all; delete from public.members where user_id = '${MIA}'`,
  ); // nothing notifies
  clock.advance(25_000);
  await expect.poll(() => mia.left(), { interval: 5 }).toEqual([["room:1", "UNAUTHORIZED"]]);
  await realtime.recheck(); // what the last check began has ended
  clock.advance(29_000);
  expect(sam.left()).toEqual([]);
});

it("keeps what an explicit recheck could not decide no longer than anything else", async () => {
  const { server, realtime, clock, mia } = await roomNode();
  await server.stop("immediate");
  expect(await realtime.recheck({ userId: MIA })).toEqual({ nodes: 1, givenUp: [] });
  clock.advance(24_999);
  expect(mia.left()).toEqual([]);
  clock.advance(1);
  await expect.poll(() => mia.left(), { interval: 5 }).toEqual(away);
});

it("ends at once what the database cannot decide for another user, and refuses a new subscribe", async () => {
  const { server, mia } = await roomNode();
  await server.stop("immediate");
  expect(await mia.subscribe("room:2")).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  expect(await mia.request({ type: "refresh", token: SAM })).toMatchObject({ ok: true });
  expect(mia.left()).toEqual(away);
});
