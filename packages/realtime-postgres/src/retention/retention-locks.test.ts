import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { Retention } from "./retention.js";

onEachDatabase((name, open) => {
  // PGlite has one session for all
  it.skipIf(name === "PGlite")(
    "reports what it skipped because another session is at it, and does it the next time",
    async () => {
      const { client, newClient } = await open();
      const [days] = await client.query<{ readonly old: string; readonly later: string }>(
        `select (d - 8)::text as old, (d + 3)::text as later from (select (now() at time zone 'UTC')::date as d) today`,
      );
      if (!days) throw new Error("no days");
      await client.query("select realtime.create_partition($1)", [days.old]);
      await client.query(`drop table realtime.messages_${days.later.replaceAll("-", "")}`);
      const retention = new Retention({ client });
      await newClient().transaction(async (connection) => {
        await connection.query("select from realtime.locks for update");
        expect(await retention.run()).toEqual([
          "skipped the audience counts: another session is at it",
          `did not make the partition of ${days.later}: another session is at it`,
          `did not drop the partition of ${days.old}: another session is at it`,
        ]);
      });
      expect(await retention.run()).toEqual([
        `made the partition of ${days.later}`,
        `dropped the partition of ${days.old}`,
      ]);
    },
  );

  it("is held up by no role that lacks privileges, whatever it locks", async () => {
    const { client, newClient } = await open();
    const retention = new Retention({ client });
    await newClient().transaction(async (connection) => {
      await connection.execute("set local role anon");
      for (let key = 7023450001; key <= 7023450021; key += 1)
        await connection.query("select pg_advisory_xact_lock($1)", [key]);
      if (name === "PGlite") return; // one session for all
      expect(await retention.run()).toEqual([]);
      const table = async () =>
        (
          await client.query<{ readonly now: string }>("select last_value::text as now from realtime.changes_current")
        )[0]?.now;
      const before = await table();
      await client.query("insert into realtime.changes_0 (relation, kind, depth) values (0, 'x', 1)"); // an empty table is not replaced
      await client.query("select realtime.rotate_changes('0', '0')");
      expect(await table()).not.toBe(before);
    });
    for (const table of ["locks", "presence_locks", "permission_state", "maintenance"])
      await expect(
        newClient().transaction(async (connection) => {
          await connection.execute("set local role anon");
          await connection.query(`select from realtime.${table} for update`);
        }),
      ).rejects.toMatchObject({ code: "42501" });
  });
});
