import pg from "pg";
import { inject } from "vitest";
import "./global-setup.js";
import type { TestDatabase } from "./postgres-server.js";

/** A new, empty database in the test run's own server, owned by an ordinary role. */
export async function sharedDatabase(): Promise<TestDatabase> {
  const server = `127.0.0.1:${inject("postgresPort")}`;
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const client = new pg.Client({ connectionString: `postgres://postgres@${server}/postgres` });
  await client.connect();
  try {
    await client.query(`create role ${name} login createrole`);
    await client.query(`create database ${name} owner ${name}`);
  } finally {
    await client.end();
  }
  return {
    name,
    connectionString: `postgres://${name}@${server}/${name}`,
    superuserConnectionString: `postgres://postgres@${server}/${name}`,
  };
}
