import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { onEachDatabase, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createLiveQueries } from "./create-live-queries.js";
import type { LiveQueriesOptions } from "./live-queries.js";
import { liveQuery, type LiveQuery } from "./named/live-query.js";
import type { AnyQuery } from "./query/query-node.js";
import { defineLiveTable } from "./table/live-table.js";
import { MIA } from "./testing/annotation-schema.js";
import { annotations, openLiveNode } from "./testing/live-node.js";

const args = z.object({});
const ALL = { table: "annotations" } as const;
const INSERT = `insert into annotations (id, widget_id, actor_id, body) values ('c0000000-0000-4000-8000-000000000001', 1, '${MIA}', 'body');`;
const secured = (name: string, rest = "") =>
  `create table ${name} (id integer primary key, half integer, whole integer generated always as (half * 2) stored);
    alter table ${name} enable row level security; grant select on ${name} to authenticated; select realtime.watch_table('${name}'); ${rest}`;

/** The failure that the node's observers receive when a client opens the query. */
async function failureOf(
  open: OpenTestDatabase,
  query: AnyQuery,
  options: Partial<LiveQueriesOptions>,
): Promise<string> {
  const { enter, observer } = await openLiveNode(open, { script: INSERT, ...options });
  await expect(enter(MIA).open(query)).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
  return String((await observer.seen("failed")).cause);
}

/** The same, of a node without the observer. */
async function wiredWrong(
  open: OpenTestDatabase,
  { isGuarded, isStarted }: Readonly<Record<"isGuarded" | "isStarted", boolean>>,
) {
  const { client } = await openLiveNode(open);
  const live = createLiveQueries({ client, tables: [annotations] });
  const observer = new RecordingObserver();
  const guards = isGuarded ? [live.guard] : [];
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, guards, observers: [observer] });
  live.bind(realtime.registry);
  if (isStarted) await live.start();
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  onTestFinished(async () => {
    await realtime.close();
    await live.close();
  });
  server
    .connect({ onFrame: () => undefined })
    .send({ type: "subscribe", id: "1", channel: "live-query.x", ask: { query: ALL } });
  return String((await observer.seen("failed")).cause);
}

onEachDatabase((name, open) => {
  it("reports that the guard is missing, instead of going on with the rights of an earlier user", async () => {
    expect(await wiredWrong(open, { isGuarded: false, isStarted: true })).toContain("guards: [live.guard]");
  });

  it("reports that start was not called", async () => {
    expect(await wiredWrong(open, { isGuarded: true, isStarted: false })).toContain("live.start()");
  });

  it.each<readonly [LiveQuery["build"], string]>([
    [() => ({ sql: "selec 1" }), "selec"],
    [() => ({ sql: "select nothing from annotations" }), "nothing"],
    [() => ({ sql: "select body from annotations" }), 'no column "id"'],
    [(() => Promise.reject(new Error("late"))) as never, "must not be async"],
  ])("reports a named query that cannot work: %s", async (build, why) => {
    const query = liveQuery("mine", { args, key: ["id"] }, build);
    expect(await failureOf(open, { name: "mine", args: {} }, { queries: [query] })).toContain(why);
  });

  const unusable = name === "PGlite" ? ["nobody_made_it"] : ["nobody_made_it", "pg_monitor"]; // PGlite's user may become every role
  it.each(unusable)("reports the role %s, which cannot be used", async (role) => {
    const failure = await failureOf(open, ALL, { roleOf: () => role, tables: [annotations] });
    expect(failure).toContain(`add_client_role('${role}')`);
  });

  it("takes a table's name as the database has it", async () => {
    const policy = 'create policy all_ on "Big" using (true); insert into "Big" values (1);';
    const tables = [defineLiveTable("Big", { columns: ["id"] })];
    const { client, enter } = await openLiveNode(open, { script: secured('"Big"', policy), tables });
    expect((await enter(MIA).open({ table: "Big" })).rows).toEqual([{ id: 1 }]);
    const live = createLiveQueries({ client, tables: [defineLiveTable("Annotations", { columns: ["id"] })] });
    await expect(live.start()).rejects.toThrow("capital letters");
  });

  it("reports a table that no user can read, because it has no policy", async () => {
    const { errors } = await openLiveNode(open, {
      script: secured("hidden"),
      tables: [defineLiveTable("hidden", { columns: ["id"] })],
    });
    expect(String(errors[0])).toContain("no policy");
  });

  it("refuses to let clients write what the database generates, or the version", async () => {
    const tables = [defineLiveTable("sums", { columns: ["id"], writable: ["whole"] })];
    await expect(openLiveNode(open, { script: secured("sums"), tables })).rejects.toThrow(
      'take "whole" out of writable',
    );
    const counted = () => defineLiveTable("sums", { columns: ["id"], writable: ["version"], version: "version" });
    expect(counted).toThrow("out of writable");
  });
});
