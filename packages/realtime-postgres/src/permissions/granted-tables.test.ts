import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { run } from "../testing/seed-application.js";

/** Names and checksums of the migrations, in no way secret: a node reads them also as a role that owns nothing. */
const READABLE = ["migrations"];

onEachDatabase((_name, open) => {
  it("shows clients no row of a table that was granted to them with all others", async () => {
    const { client } = await open();
    await run(
      client,
      `insert into realtime.channels (pattern) values ('a:%');
       select realtime.publish('a:1', 'e', '1');
       insert into realtime.past_stats values ('2000-01-01', 'a:%', 1, 1, 1, 1, 1, 1, 1, 1);
       insert into realtime.messages (channel_name, event_name, seq) values ('a:1', 'e', 1);
       grant select on all tables in schema realtime to authenticated`,
    );
    const tables = await client.query<{ readonly name: string }>(
      `select relname as name from pg_class where relnamespace = 'realtime'::regnamespace and relkind in ('r', 'p', 'v')`,
    );
    expect(tables.length).toBeGreaterThan(15);
    const shown = await client.transaction(async (connection) => {
      await connection.execute("set local role authenticated");
      const found: string[] = [];
      for (const { name } of tables) {
        const rows = await connection.query(`select from realtime.${name} limit 1`);
        if (rows.length > 0) found.push(name);
      }
      return found;
    });
    expect(shown).toEqual(READABLE);
  });

  it("has row-level security on each table but that of the migrations", async () => {
    const { client } = await open();
    const unprotected = await client.query(
      `select relname as name from pg_class
       where relnamespace = 'realtime'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
    );
    expect(unprotected).toEqual(READABLE.map((name) => ({ name })));
  });
});
