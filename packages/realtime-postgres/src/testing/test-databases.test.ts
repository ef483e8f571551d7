import { expect, it } from "vitest";
import { onEachDatabase } from "./test-databases.js";

onEachDatabase((_name, open) => {
  it("gives a migrated database that two clients share", async () => {
    const { client, newClient } = await open();
    await client.query("insert into realtime.channels (pattern) values ($1)", ["order:%"]);
    await client.query("create role test_databases_role").catch(() => undefined);
    expect(await newClient().query("select pattern from realtime.channels")).toEqual([{ pattern: "order:%" }]);
  });

  it("gives the next test nothing of the last one", async () => {
    const { client } = await open();
    expect(await client.query("select pattern from realtime.channels")).toEqual([]);
  });

  it("gives an empty database where requested", async () => {
    const { client } = await open({ isMigrated: false });
    expect(await client.query("select 1 from pg_namespace where nspname = 'realtime'")).toEqual([]);
  });
});
