import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/index.js";

onEachDatabase((_name, open) => {
  it("deletes a channel's row without a scan: each foreign key to it has an index", async () => {
    const { client } = await open();
    const found = await client.query(
      `select distinct k.conrelid::regclass::text as name, exists (
         select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]) as "isIndexed"
       from pg_constraint k where k.contype = 'f' and k.confrelid = 'realtime.channels'::regclass and k.conparentid = 0`,
    );
    expect(found).toEqual([{ name: "realtime.messages", isIndexed: true }]);
    const plan = await client.transaction(async (connection) => {
      await connection.execute("set local enable_seqscan = off");
      await connection.execute(
        "prepare found (uuid) as update only realtime.messages_default set channel_id = null where $1 = channel_id",
      );
      await connection.execute("set local plan_cache_mode = force_generic_plan");
      const rows = await connection.query(
        "explain (format text) execute found('00000000-0000-4000-8000-000000000001')",
      );
      await connection.execute("deallocate found");
      return JSON.stringify(rows);
    });
    expect(plan).toContain("messages_default_channel_id_idx");
  });
});
