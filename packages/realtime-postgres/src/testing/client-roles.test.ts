import { sharedDatabase } from "@repo/postgres-testing";
import { expect, inject, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { ServerSource } from "./server-source.js";

// A file of its own: the owner has migrated nothing yet in a run of this file alone.
it("lets the owner of test databases switch to the roles of clients, though another role has migrated before", async () => {
  const other = new PgClient({ connectionString: (await sharedDatabase()).connectionString });
  await migrate(other);
  await other.close();
  const [server] = inject("postgresServers");
  if (!server) throw new Error("The run has no server.");
  const { client, close } = await new ServerSource(server).open({});
  const granted = await client.query(
    "select name from unnest('{anon,authenticated}'::text[]) name where has_schema_privilege(name, 'realtime', 'usage')", // the last step
  );
  await close();
  expect(granted).toEqual([{ name: "anon" }, { name: "authenticated" }]);
});
