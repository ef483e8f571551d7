import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { asIfFsynced } from "../testing/as-if-fsynced.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { examine } from "./doctor.js";

onEachDatabase((name, open) => {
  const setUp = async () => {
    const { client, newClient } = await open();
    await run(
      client,
      "update realtime.relay_state set lease_until = now() + interval '1 hour'",
      "create table notes (id integer) partition by range (id)",
      "create table few partition of notes for values from (0) to (10)",
      "select realtime.watch_table('notes')",
      "select realtime.follow_changes()",
    );
    return { client: asIfFsynced(client), newClient };
  };
  const found = async (client: SqlClient) => examine({ client, clientRoles: [] });

  it("finds nothing wrong with a watched table", async () => {
    const { client } = await setUp();
    await run(client, "insert into notes values (1)");
    expect(await found(client)).toEqual([]);
  });

  it.each([
    "alter table notes disable trigger all",
    "create table more partition of notes for values from (10) to (20)",
  ])("finds a table that is watched in part, until it is repaired as proposed: %s", async (damage) => {
    const { client } = await setUp();
    await run(client, damage);
    const [finding] = await found(client);
    expect(finding).toMatchObject({ severity: "error", sentence: expect.stringContaining("changes of notes are not") });
    await run(client, finding?.repair ?? "");
    expect(await found(client)).toEqual([]);
  });

  it("finds a watched table that clients read as a whole, and a policy that reads a table which is not watched", async () => {
    const { client } = await setUp();
    await run(client, "create table members (note integer)", "grant select on notes to authenticated");
    const [open] = await found(client);
    expect(open).toMatchObject({
      severity: "warning",
      sentence: expect.stringContaining("notes is watched, and clients"),
    });
    await run(client, "alter table notes enable row level security");
    expect(await found(client)).toEqual([]);
    await run(client, "create policy own on notes using (exists (select from members m where m.note = notes.id))");
    const [missed] = await found(client);
    expect(missed?.sentence).toContain("A policy of notes reads members");
    await run(client, missed?.repair ?? "");
    expect(await found(client)).toEqual([]);
  });

  it("finds that the tables of changes are large, and that nothing is recorded", async () => {
    const { client } = await setUp();
    await run(client, "insert into notes values (1)", "update realtime.changes_state set max_bytes = 1");
    expect(await found(client)).toMatchObject([
      { severity: "warning", sentence: expect.stringMatching(/^The tables of changes have/) },
    ]);
    await run(client, "select setval('realtime.changes_current', -1)");
    expect(await found(client)).toMatchObject([
      { severity: "error", sentence: expect.stringMatching(/^Changes are not recorded/) },
    ]);
  });

  if (name === "PGlite") return;

  it("finds the transaction that keeps a table from being emptied", async () => {
    const { client, newClient } = await setUp();
    await newClient().transaction(async (slow) => {
      await slow.execute("insert into notes values (1)");
      const [row] = await slow.query<{ pid: number }>("select pg_backend_pid() as pid");
      await run(client, "select realtime.rotate_changes('0', '0')");
      expect(await found(client)).toEqual([]);
      await run(client, "update realtime.changes_tables set switched_at = now() - interval '6 minutes'");
      const [finding] = await found(client);
      expect(finding?.sentence).toContain("has not been emptied for 5 minutes");
      expect(finding?.repair).toContain(`pg_terminate_backend(${row?.pid})`);
    });
  });
});
