import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";

const NOW = "select realtime.rotate_changes('0', '0')";

onEachDatabase((name, open) => {
  it.skipIf(name === "PGlite")("finds out what is being emptied while it reads", async () => {
    const { client, newClient } = await open();
    await run(client, "create table notes (id integer)", "select realtime.watch_table('notes')");
    const [start] = await client.query<{ snapshot: string; known: string[]; until: string }>(
      "select snapshot, known, until from realtime.follow_changes()",
    );
    await run(client, "insert into notes values (1)", NOW);
    let reading: Promise<readonly object[]> = Promise.resolve([]);
    await newClient().transaction(async (rotating) => {
      await rotating.query(NOW);
      reading = client.query("select lost, xid from realtime.read_changes($1, $2::bigint[], $3, 100, 1000000)", [
        start?.snapshot,
        start?.known,
        start?.until,
      ]);
      const waiting = "select from pg_locks where relation = 'realtime.changes_0'::regclass and not granted";
      await expect.poll(async () => (await client.query(waiting)).length).toBe(1);
    });
    expect(await reading).toEqual([{ lost: "truncated", xid: null }]);
  });
});
