import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { migrationStatus } from "../migrations/migration-status.js";
import { runCommand } from "./run-command.js";

async function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  const print = (line: string) => void out.push(line);
  const warn = (line: string) => void err.push(line);
  const code = await runCommand({ argv, env, signal, print, warn });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

it("migrates the database of --url, then finds it up to date", async () => {
  const { connectionString: url } = await sharedDatabase();
  expect(await run(["migrate", "--url", url])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Applied 0001_tables\.sql/),
  });
  expect(await run(["migrate", "--url", url])).toEqual({ code: 0, out: "Up to date.", err: "" });
});

it("takes the database of DATABASE_URL, and prefers --url", async () => {
  const { connectionString: url } = await sharedDatabase();
  expect(await run(["status"], { DATABASE_URL: url })).toMatchObject({ code: 1, err: "" });
  expect(await run(["status", "--url", url], { DATABASE_URL: "postgres://127.0.0.1:1/none" })).toMatchObject({
    err: "",
  });
});

it("lists each migration, with exit code 1 while one is pending", async () => {
  const { connectionString: url } = await sharedDatabase();
  expect(await run(["status", "--url", url])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^pending {2}0001_tables\.sql$/m),
  });
  await run(["migrate", "--url", url]);
  expect(await run(["status", "--url", url])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^applied {2}0001_tables\.sql {2}20\d\d-/m),
  });
});

it("prints a script without a database, and only what is missing with --pending", async () => {
  const { connectionString: url } = await sharedDatabase();
  const { code, out } = await run(["sql"]);
  expect(code).toBe(0);
  const client = new PgClient({ connectionString: url });
  const session = await client.session();
  await session?.execute(out);
  expect((await migrationStatus(client)).every(({ state }) => state === "applied")).toBe(true);
  await client.close();
  expect((await run(["sql", "--pending", "--url", url])).out).not.toContain("create table realtime.channels");
});

it.each([[[]], [["nothing"]], [["migrate", "--nothing"]], [["migrate"]]])(
  "refuses the command line %j with exit code 2, and shows what is right",
  async (argv) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/DATABASE_URL/);
  },
);

it("prints its help on demand", async () => {
  expect(await run(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("sql [--pending]"), err: "" });
});

it("prints messages until it is ended", async () => {
  const { connectionString: url } = await sharedDatabase();
  await run(["migrate", "--url", url]);
  const { username } = new URL(url);
  const client = new PgClient({ connectionString: url });
  const ended = new AbortController();
  const [out, err]: [string[], string[]] = [[], []];
  const print = (line: string) => void out.push(line);
  const warn = (line: string) => void err.push(line);
  const argv = ["tail", "order:%", "--url", url];
  const code = runCommand({ argv, env: { PGPASSWORD: username }, signal: ended.signal, print, warn });
  await expect.poll(() => err).toEqual(["Following order:%. Ctrl+C ends it."]);
  await client.query("update realtime.relay_state set last_seq = 2");
  await client.query(
    "insert into realtime.messages (channel_name, event_name, payload, seq) values ('other', 'a', '1', 1), ('order:1', 'placed', to_jsonb($1::text), 2)",
    [`postgres://app:pass@host password=x ${username}`], // no password of ours: what is printed is the message itself
  );
  await client.query("select pg_notify('realtime_log', '2')");
  await expect
    .poll(() => out)
    .toEqual([expect.stringMatching(/ {2}order:1 {2}placed {2}system {2}"postgres:\/\/app:pass@host password=x /)]);
  ended.abort();
  expect(await code).toBe(0);
  await client.close();
});

it("shows what is wrong with a database, with exit code 1 for an error", async () => {
  const { connectionString: url } = await sharedDatabase();
  expect(await run(["doctor", "--url", url])).toMatchObject({ code: 1, out: expect.stringContaining("no tables") });
  await run(["migrate", "--url", url]);
  expect((await run(["doctor", "--url", url])).out).toContain("No relay is running");
});

it("fails with exit code 1 and a sentence where the server is away", async () => {
  const { code, err } = await run(["migrate", "--url", "postgres://app@127.0.0.1:1/app"]);
  expect([code, err]).toEqual([1, "Postgres cannot be reached: connect ECONNREFUSED 127.0.0.1:1."]);
});

it.each([
  "postgres://app:s3cr3t@127.0.0.1:1/app",
  "postgres://app:s3cr3t@127.0.0.1:nonsense/app",
  "postgres://app:s3cr3t@[::bad/app",
  "postgres://app:p@s3cr3t@:x/y@127.0.0.1:1/app",
  "postgres://127.0.0.1:1/app?password=s3cr3t",
  "postgres://app:s3cr%65t%21s3cr3t@127.0.0.1:1/app",
])("prints no password of %s", async (url) => {
  for (const argv of [
    ["migrate"],
    ["status", url],
    [url],
    ["migrate", `--nothing=${url}`],
    ["migrate", "--url", url],
  ]) {
    const { out, err } = await run(argv, { DATABASE_URL: url, PGPASSWORD: "s3cr3t" });
    expect(out + err).not.toContain("s3cr");
  }
});
