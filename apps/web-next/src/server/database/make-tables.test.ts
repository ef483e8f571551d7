import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { EVERYBODY } from "../../orders/order";
import { SqlHubDesk } from "../hub/sql-hub-desk";
import { SqlOrderDesk } from "../orders/sql-order-desk";
import { openAppDatabase } from "./open-app-database";

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
