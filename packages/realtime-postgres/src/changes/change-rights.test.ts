import { expect, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";

onEachDatabase((name, open) => {
  it.skipIf(name === "PGlite")("gives no role but the owner the changes, nor a way to write them", async () => {
    const { client, connectionString = "", superuserConnectionString = "" } = await open();
    await run(client, "create table notes (id integer, text text)", "select realtime.watch_table('notes')");
    const { feed } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 'secret')");
    const superuser = new PgClient({ connectionString: superuserConnectionString });
    const role = `other_${Math.random().toString(36).slice(2, 10)}`;
    await run(
      superuser,
      `create role ${role} login; grant usage on schema realtime to ${role}; grant create on schema public to ${role};
       grant all on all tables in schema realtime to ${role}`,
    );
    const url = new URL(connectionString);
    url.username = role;
    const other = new PgClient({ connectionString: String(url) });
    try {
      for (const table of ["changes", "changes_0", "changes_1", "changes_2", "changes_state", "changes_tables"])
        expect([table, await other.query(`select from realtime.${table}`)]).toEqual([table, []]);
      await run(other, "create table own (id integer)");
      for (const attack of [
        "insert into realtime.changes_0 (relation, kind, depth) values ('notes'::regclass, 'x', 1)",
        "select realtime.mark_changed('notes')",
        "select realtime.watch_table('own')",
        "create trigger t after insert on own referencing new table as new_rows for each statement execute function realtime.capture_changes()",
        "select realtime.unwatch_table('notes')",
        "select * from realtime.read_changes('3:3:', '{0,0,0,0}', 9999999999, 10, 10)",
        "select realtime.follow_changes()",
        "select realtime.rotate_changes('0', '0')",
        "select setval('realtime.changes_until', 0)",
        "select nextval('realtime.changes_current')",
      ])
        await expect(run(other, attack), attack).rejects.toMatchObject({ code: "42501" });
    } finally {
      await other.close();
      await superuser.close();
    }
  });
});
