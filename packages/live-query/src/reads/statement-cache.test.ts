import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { execute } from "./reads-under-test.js";
import { StatementCache } from "./statement-cache.js";

onEachDatabase((_name, open) => {
  it("forgets what it has read when a view, a policy or a function is another one, within a second", async () => {
    const { client } = await open({ isMigrated: false });
    await execute(
      client,
      "create table one (id integer); create table two (id integer); create view shown as select * from one",
    );
    let now = 0;
    const cache = new StatementCache(client, () => now);
    const tables = async (): Promise<number> => (await cache.reads("select from shown")).tables.length;
    expect(await tables()).toBe(1);
    await execute(client, "create or replace view shown as select one.* from one, two");
    expect(await tables()).toBe(1);
    now = 1_000;
    expect(await tables()).toBe(2);
    await execute(
      client,
      "create table three (id integer); alter table one enable row level security; create policy p on one using (exists (select from three))",
    );
    now = 2_000;
    expect(await tables()).toBe(3);
  });

  it("does not remember an error", async () => {
    const { client } = await open({ isMigrated: false });
    const cache = new StatementCache(client, () => 0);
    await expect(cache.reads("select from later")).rejects.toMatchObject({ code: "42P01" });
    await execute(client, "create table later (id integer)");
    expect((await cache.reads("select from later")).tables).toHaveLength(1);
  });
});
