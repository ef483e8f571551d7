import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";
import { Retention } from "./retention.js";

onEachDatabase((name, open) => {
  // PGlite has one session for all
  it.skipIf(name === "PGlite")(
    "says what it skipped because another session is at it, and does it the next time",
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
        await connection.query("select pg_advisory_xact_lock(7023450006), pg_advisory_xact_lock(7023450010)");
        expect(await retention.run()).toEqual([
          "skipped the audience counts: another session holds the lock 7023450006",
          `did not make the partition of ${days.later}: another session holds the lock 7023450010`,
          `did not drop the partition of ${days.old}: another session holds the lock 7023450010`,
        ]);
      });
      expect(await retention.run()).toEqual([
        `made the partition of ${days.later}`,
        `dropped the partition of ${days.old}`,
      ]);
    },
  );
});
