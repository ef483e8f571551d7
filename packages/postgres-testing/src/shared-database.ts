import pg from "pg";
import { inject } from "vitest";
import "./global-setup.js";
import type { TestDatabase } from "./postgres-server.js";

export interface SharedDatabaseOptions {
  /** The port of a server of the run; default: of the first one. */
  readonly port?: number;
  /** The owner, made where it does not exist; default: a role of the database's own. */
  readonly owner?: string;
  /** A database of the same server to copy; no session may be connected to it. */
  readonly template?: string;
}

/** A new database in the test run's own server, empty or a copy, owned by an ordinary role. */
export async function sharedDatabase(options: SharedDatabaseOptions = {}): Promise<TestDatabase> {
  const server = `127.0.0.1:${options.port ?? inject("postgresPort")}`;
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const owner = options.owner ?? name;
  const client = new pg.Client({ connectionString: `postgres://postgres@${server}/postgres` });
  await client.connect();
  try {
    await createRole(client, owner);
    await client.query(`create database ${name} owner ${owner} template ${options.template ?? "template1"}`);
  } finally {
    await client.end();
  }
  return {
    name,
    connectionString: `postgres://${owner}@${server}/${name}`,
    superuserConnectionString: `postgres://postgres@${server}/${name}`,
  };
}

/** Makes an ordinary role that may make roles; two test files may want the same one at the same time. */
async function createRole(client: pg.Client, name: string): Promise<void> {
  await client.query(`create role ${name} login createrole`).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError) || !EXISTS.has(error.code ?? "")) throw error;
  });
}

const EXISTS = new Set(["42710", "23505"]); // duplicate_object; unique_violation, where two make it at the same moment
