import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrate } from "../migrations/migrate.js";
import { runCommand } from "./run-command.js";

async function run(...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  const print = (line: string) => void out.push(line);
  const warn = (line: string) => void err.push(line);
  const code = await runCommand({ argv, env: {}, signal, print, warn });
  return [code, ...out, ...err];
}

async function database() {
  const { connectionString: url } = await sharedDatabase();
  const client = new PgClient({ connectionString: url });
  onTestFinished(() => client.close());
  await migrate(client);
  await client.query("create table orders (id integer)");
  await client.query('create table "Lines" (id integer)');
  return { url, client };
}

it("watches tables, does nothing the second time, and undoes it", async () => {
  const { url, client } = await database();
  const watched = () =>
    client.query("select realtime.is_watched('orders') as one, realtime.is_watched('\"Lines\"') as other");
  expect(await run("watch", "orders", '"Lines"', "--url", url)).toEqual([0, "Watching orders.", 'Watching "Lines".']);
  expect(await run("watch", "public.orders", "--url", url)).toEqual([0, "public.orders is watched already."]);
  expect(await watched()).toEqual([{ one: true, other: true }]);
  expect(await run("unwatch", "orders", "--url", url)).toEqual([0, "No longer watching orders."]);
  expect(await run("unwatch", "orders", "--url", url)).toEqual([0, "orders is not watched."]);
  expect(await watched()).toEqual([{ one: false, other: true }]);
});

it("refuses a command line without a table, and reports a table that does not exist", async () => {
  const { url } = await database();
  expect(await run("watch", "--url", url)).toEqual([2, expect.stringContaining("No table.")]);
  expect(await run("unwatch", "--url", url)).toEqual([2, expect.stringContaining("No table.")]);
  expect(await run("watch", "nowhere", "--url", url)).toEqual([1, 'relation "nowhere" does not exist']);
});
