import { afterAll, beforeAll, describe, inject, onTestFinished } from "vitest";
import type { DatabaseUnderTest, OpenOptions, TestDatabaseSource } from "./database-under-test.js";
import { PgliteSource } from "./pglite-source.js";
import { ServerSource } from "./server-source.js";

/** A database for the running test, with every table of this package; closed after the test. */
export type OpenTestDatabase = (options?: OpenOptions) => Promise<DatabaseUnderTest>;

/**
 * The same tests on each database: PGlite, and the servers that the global set-up of `@repo/postgres-testing` has started (`postgresVersions`
 * of vitest.config.ts, or the environment variable `POSTGRES_VERSIONS`, such as `15,18`). A run without it has no servers: PGlite alone.
 *
 *     onEachDatabase((name, open) => {
 *       it("keeps a message", async () => {
 *         const { client } = await open();
 *       });
 *     });
 */
export function onEachDatabase(tests: (name: string, open: OpenTestDatabase) => void): void {
  const sources: readonly (readonly [string, TestDatabaseSource])[] = [
    ...(inject("postgresServers") ?? []).map(
      (server) => [`Postgres ${server.version}`, new ServerSource(server)] as const,
    ),
    ["PGlite", new PgliteSource()],
  ];
  for (const [name, source] of sources) describe(name, () => tests(name, opener(source)));
}

function opener(source: TestDatabaseSource): OpenTestDatabase {
  beforeAll(() => source.prepare(), PREPARE_MS);
  afterAll(() => source.close());
  return async (options = {}) => {
    const database = await source.open(options);
    onTestFinished(() => database.close()); // after what the test opened later, such as a node
    return database;
  };
}

const PREPARE_MS = 120_000; // PGlite is compiled, and made by `initdb` the first time on a machine
