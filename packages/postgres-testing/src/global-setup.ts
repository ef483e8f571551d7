import type { TestProject } from "vitest/node";
import { PostgresServer } from "./postgres-server.js";
import { createRunOwner } from "./run-owner.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The port of the run's own server, the first one. */
    readonly postgresPort: number;
    readonly postgresServers: readonly SharedServer[];
    /** Major versions of the run's servers, the first of them that of `postgresPort`: `provide` of vitest.config.ts, default `[18]`. */
    readonly postgresVersions: readonly number[];
  }
}

/** What is committed outlives a kill of the server, as elsewhere, but not a power cut of the machine; no test tries one. */
const SETTINGS = { fsync: "off", full_page_writes: "off" };

/** One server of a test run. */
export interface SharedServer {
  readonly version: number;
  readonly port: number;
}

/**
 * The servers of a whole test run; each test makes databases of its own in them. The environment variable `POSTGRES_VERSIONS` (`15,18`)
 * chooses other versions than vitest.config.ts.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const versions = chosen(process.env["POSTGRES_VERSIONS"]) ?? project.getProvidedContext().postgresVersions ?? [18];
  const servers = await Promise.all(versions.map((version) => PostgresServer.start({ version, settings: SETTINGS })));
  await Promise.all(servers.map(({ port }) => createRunOwner(port)));
  project.provide("postgresPort", servers[0]?.port ?? 0);
  project.provide(
    "postgresServers",
    servers.map(({ version, port }) => ({ version, port })),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
}

function chosen(versions: string | undefined): readonly number[] | undefined {
  return versions?.split(",").map(Number);
}
