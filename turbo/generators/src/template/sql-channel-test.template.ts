import type { SqlPattern } from "../feature/sql-pattern.js";

/** Proves what a migration's channel carries, and whom its policies admit. */
export function sqlChannelTestTemplate({ pattern, example }: SqlPattern, migration: string): string {
  return `import { readFile } from "node:fs/promises";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";

const MIGRATION = new URL("../../migrations/${migration}", import.meta.url);
const CHANNEL = "${example}";

onEachDatabase((_name, open) => {
  const setUp = async () => {
    const { client } = await open();
    const migration = await readFile(MIGRATION, "utf8");
    await client.transaction((connection) => connection.execute(migration));
    return {
      client,
      /** The rows that a user's policies show, while the user asks for CHANNEL. */
      subscribable: (userId: string) =>
        client.transaction(async (connection) => {
          const claims = JSON.stringify({ sub: userId, role: "authenticated" });
          await connection.query(
            "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true), " +
              "set_config('realtime.channel_name', $2, true), set_config('realtime.channel_pattern', $3, true)",
            [claims, CHANNEL, "${pattern}"],
          );
          return connection.query("select pattern from realtime.channels where pattern = $1", ["${pattern}"]);
        }),
    };
  };

  it("makes the channels ${pattern}, which the database can publish to", async () => {
    const { client } = await setUp();
    const [published] = await client.query("select realtime.publish($1, 'changed', '{}') is not null as done", [CHANNEL]);
    expect(published).toEqual({ done: true });
  });

  it("admits nobody until its policies say whom", async () => {
    const { subscribable } = await setUp();
    expect(await subscribable("8f14e45f-ceea-467f-a8d5-5a0f1f1a8b3c")).toEqual([]);
  });
});
`;
}
