import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { EVERYBODY } from "../../orders/order";
import { SqlHubDesk } from "../hub/sql-hub-desk";
import { SqlOrderDesk } from "../orders/sql-order-desk";
import { openAppDatabase } from "./open-app-database";
import { SqlRevokedSessions } from "./sql-revoked-sessions";

it(
  "makes the demo's tables and rows once when four processes start at the same time",
  { timeout: 60_000 },
  async () => {
    const { connectionString } = await sharedDatabase();
    const desks = Array.from({ length: 4 }, async () => {
      const client = await openAppDatabase({ kind: "server", connectionString });
      onTestFinished(() => client.close());
      const orders = await SqlOrderDesk.open(client);
      await SqlHubDesk.open(client);
      return orders;
    });
    const [orders] = await Promise.all(desks);
    expect(await orders?.list(EVERYBODY)).toHaveLength(6);
  },
);

it.each([
  { order: "as server.ts does", parts: [SqlRevokedSessions, SqlOrderDesk, SqlHubDesk] },
  { order: "the other way round", parts: [SqlHubDesk, SqlOrderDesk, SqlRevokedSessions] },
])("makes the tables of each part in an empty database, whichever is opened first: $order", async ({ parts }) => {
  const client = await openAppDatabase({ kind: "memory" });
  onTestFinished(() => client.close());
  for (const part of parts) await part.open(client);
  const [made] = await client.query(
    `select to_regclass('demo.orders') as orders, to_regclass('demo.hubs') as hubs, to_regclass('demo.revoked_sessions') as revoked`,
  );
  expect(made).toEqual({ orders: "demo.orders", hubs: "demo.hubs", revoked: "demo.revoked_sessions" });
});
