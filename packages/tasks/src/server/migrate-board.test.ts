import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { migrateBoard } from "./migrate-board.js";
import { SqlTaskRepository } from "./sql-task-repository.js";

const APPLIED = "select version from board.migrations order by version";

onEachDatabase((_, open) => {
  it("makes the tables once, in a schema of their own", async () => {
    const { client } = await open({ isMigrated: false });
    await migrateBoard(client);
    const made = await new SqlTaskRepository(client).create(card);
    await migrateBoard(client);
    expect(await client.query(APPLIED)).toEqual([{ version: 1 }]);
    expect(await new SqlTaskRepository(client).list()).toEqual([made]);
    const elsewhere =
      "select tablename from pg_tables where schemaname not in ('board', 'pg_catalog', 'information_schema')";
    expect(await client.query(elsewhere)).toEqual([]);
  });

  it("makes them when eight processes start at the same time", async () => {
    const { newClient } = await open({ isMigrated: false });
    await Promise.all(Array.from({ length: 8 }, () => migrateBoard(newClient())));
    expect(await newClient().query(APPLIED)).toEqual([{ version: 1 }]);
  });

  it("refuses a board that is newer than the code, and names both versions", async () => {
    const { client } = await open({ isMigrated: false });
    await migrateBoard(client);
    await client.query("insert into board.migrations (version) values (2)");
    await expect(migrateBoard(client)).rejects.toThrow(/version 2.*versions up to 1/);
  });
});

const card = { id: "a", title: "a", column: "todo", rank: "V", isStaff: false, createdBy: "mia" } as const;
