import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { defineLiveTable } from "../table/live-table.js";
import { MIA } from "../testing/annotation-schema.js";
import { openLiveNode } from "../testing/live-node.js";

const NOTES = `create table notes (id integer primary key, body text);
  alter table notes enable row level security;
  create policy everybody on notes using (true) with check (true);
  grant usage on schema public to anon;
  grant select, insert, update on notes to anon, authenticated;
  select realtime.watch_table('notes');`;
const tables = [defineLiveTable("notes", { columns: ["id", "body"], writable: ["id", "body"] })];
const note = (id: number, body: string) => ({
  id: "chosen-by-client",
  changes: [{ op: "create", table: "notes", row: { id, body } }],
});

onEachDatabase((_, open) => {
  it("replies to another mutation of the same id with its own rows, not with those of another anonymous user", async () => {
    const { enter } = await openLiveNode(open, { script: NOTES, tables });
    expect((await enter().records("mutate", note(1, "theirs"))).rows).toEqual([{ id: 1, body: "theirs" }]);
    expect((await enter().records("mutate", note(2, "own"))).rows).toEqual([{ id: 2, body: "own" }]);
  });

  it("makes no changes whose reply would be larger than a frame", async () => {
    const big = "x".repeat(10_000);
    const { enter, client } = await openLiveNode(open, {
      script: `${NOTES} insert into notes select n, '${big}' from generate_series(1, 50) n;`,
      tables,
    });
    const changes = Array.from({ length: 50 }, (_unused, n) => ({
      op: "update",
      table: "notes",
      id: n + 1,
      set: { id: n + 101 },
    }));
    await expect(enter(MIA).records("mutate", { id: "large-reply", changes })).rejects.toMatchObject({
      reason: "CHANGE_REFUSED",
      data: { fault: "invalid", why: expect.stringContaining("fewer changes") },
    });
    expect(await client.query("select id from notes where id > 100")).toEqual([]);
  });
});
