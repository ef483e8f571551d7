import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "./migrate.js";

it("makes every table once, as an ordinary role", async () => {
  const { connectionString } = await sharedDatabase();
  const client = new PgClient({ connectionString });
  await migrate(client);
  await migrate(client);
  const tables = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'realtime'::regnamespace and relname = 'outbox'",
  );
  expect(tables).toEqual([{ name: "outbox" }]);
  await client.close();
});
