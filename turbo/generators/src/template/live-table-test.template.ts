import type { LiveTableNames } from "../feature/live-table-names.js";

/** Proves that the migration and the table's description fit each other, and which users the policies admit. */
export function liveTableTestTemplate({ table, slug, liveTable }: LiveTableNames, migration: string): string {
  return `import { readFile } from "node:fs/promises";
import { createLiveQueries, type RecordChange } from "@repo/live-query";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { ${liveTable} } from "./${slug}.live-table";

const MIGRATION = new URL("../../migrations/${migration}", import.meta.url);
const ID = "0190a000-0000-7000-8000-000000000001";
const OWNER = { userId: "8f14e45f-ceea-467f-a8d5-5a0f1f1a8b3c", roles: [] };
const OTHER = { userId: "45c48cce-2e2d-4fbd-aa10-5d1f0d7b8d11", roles: [] };

onEachDatabase((_name, open) => {
  const setUp = async () => {
    const { client } = await open();
    const migration = await readFile(MIGRATION, "utf8");
    await client.transaction((connection) => connection.execute(migration));
    const live = createLiveQueries({ client, tables: [${liveTable}] });
    onTestFinished(() => live.close());
    await live.start(); // rejects if the table is not there, not watched, or without row-level security
    let mutations = 0;
    const change = (each: RecordChange, user: typeof OWNER | null) =>
      live.mutate({ id: \`mutation-\${(mutations += 1)}\`, changes: [each] }, user);
    await change({ op: "create", table: "${table}", row: { id: ID, body: "first" } }, OWNER);
    return { live, change };
  };

  it("lets a user create, read, change and delete rows of their own", async () => {
    const { live, change } = await setUp();
    expect(await live.find("${table}", ID, OWNER)).toMatchObject({ body: "first", owner_id: OWNER.userId, version: 1 });
    const update: RecordChange = { op: "update", table: "${table}", id: ID, set: { body: "second" }, expect: { version: 1 } };
    expect((await change(update, OWNER)).rows).toMatchObject([{ body: "second", version: 2 }]);
    await expect(change(update, OWNER)).rejects.toMatchObject({ reason: "CONFLICT" });
    await change({ op: "delete", table: "${table}", id: ID }, OWNER);
    expect((await live.fetch({ table: "${table}" }, OWNER)).rows).toEqual([]);
  });

  it.each([
    ["another user", OTHER],
    ["a visitor who has not signed in", null],
  ])("lets %s neither read nor change them", async (_who, user) => {
    const { live, change } = await setUp();
    const seen = await live.fetch({ table: "${table}" }, user).then(
      ({ rows }) => rows,
      () => [],
    );
    expect(seen).toEqual([]);
    const refused = { reason: "CHANGE_REFUSED" };
    await expect(change({ op: "delete", table: "${table}", id: ID }, user)).rejects.toMatchObject(refused);
    await expect(
      change({ op: "create", table: "${table}", row: { body: "x", owner_id: OWNER.userId } }, user),
    ).rejects.toMatchObject(refused);
  });
});
`;
}
