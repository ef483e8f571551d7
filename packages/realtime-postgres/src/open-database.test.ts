import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it } from "vitest";
import { PgClient } from "./client/pg-client.js";
import { PgliteClient } from "./client/pglite-client.js";
import { openDatabase } from "./open-database.js";
import { freshPgliteData } from "./testing/fresh-pglite.js";

const COUNT = "select count(*)::int as count from realtime.channels";

it("opens the server of the URL, with its tables and those of the app", async () => {
  const { connectionString: url } = await sharedDatabase();
  const client = await openDatabase({
    url,
    prepare: (made) => made.transaction((tx) => tx.execute("create table mine ()")),
  });
  expect(client).toBeInstanceOf(PgClient);
  expect(await client.query(COUNT)).toEqual([{ count: 0 }]);
  expect(await client.query("select from mine")).toEqual([]);
  await client.close();
});

it("opens the embedded database where there is no URL", async () => {
  const client = await openDatabase({ url: "", loadDataDir: await freshPgliteData() });
  expect(client).toBeInstanceOf(PgliteClient);
  expect(await client.query(COUNT)).toEqual([{ count: 0 }]);
  await client.close();
});

it("refuses a URL of something else, without printing it", async () => {
  await expect(openDatabase({ url: "mysql://app:s3cret@localhost/app" })).rejects.toThrow(/must begin with postgres/);
  await expect(openDatabase({ url: "mysql://app:s3cret@localhost/app" })).rejects.not.toThrow(/s3cret/);
});

it("rejects where the server is away", async () => {
  const failing = openDatabase({ url: "postgres://app@127.0.0.1:1/app" });
  await expect(failing).rejects.toMatchObject({ name: "SqlError", isUnavailable: true });
});
