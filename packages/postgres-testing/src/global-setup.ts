import type { TestProject } from "vitest/node";
import { PostgresServer } from "./postgres-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The port of the run's own server. */
    readonly postgresPort: number;
  }
}

/** One Postgres 18 for a whole test run; each test makes databases of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await PostgresServer.start();
  project.provide("postgresPort", server.port);
  return () => server.close();
}
