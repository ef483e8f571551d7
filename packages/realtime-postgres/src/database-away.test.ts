import { defineRealtimeChannel, ERROR_CODES, RealtimeError } from "@repo/core-realtime";
import { PostgresServer } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { PgClient } from "./client/pg-client.js";
import { migrate } from "./migrations/migrate.js";
import { openNode, type PostgresNode } from "./testing/postgres-node.js";

const board = defineRealtimeChannel({
  name: "board",
  scope: "public",
  payload: z.number(),
  history: { size: 10_000, ttlMs: 3_600_000 },
});

const opened = async (maxConnections?: number) => {
  const server = await PostgresServer.start();
  onTestFinished(() => server.close());
  const { connectionString } = await server.createDatabase();
  const client = new PgClient({
    connectionString,
    connectionTimeoutMs: 1_000,
    ...(maxConnections !== undefined && { maxConnections }),
  });
  onTestFinished(() => client.close());
  await migrate(client);
  return { server, client };
};

/** Publishes 1, 2, 3 …; the outcome of each. */
class Publisher {
  readonly acknowledged: number[] = [];
  readonly refused: unknown[] = [];
  readonly #node: PostgresNode;
  #n = 0;

  constructor(node: PostgresNode) {
    this.#node = node;
  }

  async publish(): Promise<boolean> {
    const n = (this.#n += 1);
    try {
      await this.#node.realtime.broadcaster.broadcast(board, n);
      this.acknowledged.push(n);
      return true;
    } catch (error) {
      this.refused.push(error);
      return false;
    }
  }
}

const isRetryable = (error: unknown) => error instanceof RealtimeError && ERROR_CODES[error.code].retry === "later";

it(
  "acknowledges and delivers, or refuses for now, while the server crashes; and continues by itself",
  { timeout: 240_000 },
  async () => {
    const { server, client } = await opened();
    const node = await openNode(client, [board]);
    const reader = await node.subscriber("board");
    const publisher = new Publisher(node);
    await publisher.publish();
    const burst = Array.from({ length: 50 }, () => publisher.publish()); // some of it is committed, some is not
    await server.stop("immediate");
    await Promise.all(burst);
    expect(await publisher.publish()).toBe(false);
    await server.resume();
    await expect.poll(() => publisher.publish()).toBe(true);
    expect(publisher.refused.filter((error) => !isRetryable(error))).toEqual([]);
    await expect
      .poll(() => reader.messages().map(({ payload }) => payload))
      .toEqual(expect.arrayContaining(publisher.acknowledged));
    const payloads = reader.messages().map(({ payload }) => payload);
    expect(payloads).toEqual([...new Set(payloads)].toSorted((a, b) => Number(a) - Number(b)));
  },
);

it("refuses for now where no connection is free, and continues when one is", { timeout: 240_000 }, async () => {
  const { client } = await opened(1);
  const node = await openNode(client, [board]);
  const publisher = new Publisher(node);
  await client.transaction(async () => {
    expect(await publisher.publish()).toBe(false);
  });
  await expect.poll(() => publisher.publish()).toBe(true);
  expect(publisher.refused.filter((error) => !isRetryable(error))).toEqual([]);
});

it("refuses a subscribe for now, and lets the client in when the server is back", { timeout: 240_000 }, async () => {
  const { server, client } = await opened();
  const node = await openNode(client, [board]);
  await server.stop("immediate");
  expect(await node.client().refusal("board")).toMatchObject({ retry: "later" });
  await server.resume();
  const publisher = new Publisher(node);
  await expect.poll(() => publisher.publish()).toBe(true);
  const reader = await node.subscriber("board");
  await publisher.publish();
  const last = publisher.acknowledged.at(-1);
  await expect.poll(() => reader.messages().at(-1)).toMatchObject({ payload: last });
});
