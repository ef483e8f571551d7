import { readFileSync } from "node:fs";
import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";
import { EVERYBODY, type Order } from "../../orders/order";
import { makeTables } from "../database/make-tables";
import type { IOrderDesk, OrderUpdate, UpdateResult } from "./order-desk";

const ORDERS = [
  ["mia", "Espresso cups", "placed"],
  ["mia", "Reading lamp", "paid"],
  ["mia", "Wool blanket", "packed"],
  ["noor", "Desk chair", "placed"],
  ["noor", "Whiteboard", "paid"],
  ["ben", "Running shoes", "placed"],
] as const;

/** The orders in the database. */
export class SqlOrderDesk implements IOrderDesk {
  readonly script: string;
  readonly #client: SqlClient;

  private constructor(client: SqlClient, script: string) {
    this.#client = client;
    this.script = script;
  }

  /** Makes table, policies and trigger where they are not there yet. */
  static async open(client: SqlClient): Promise<SqlOrderDesk> {
    const script = readFileSync(new URL("./orders.sql", import.meta.url), "utf8");
    await makeTables(client, "demo.orders", async (connection) => {
      await connection.execute(script);
      for (const row of ORDERS)
        await connection.query("insert into demo.orders (customer, item, status) values ($1, $2, $3)", row);
    });
    return new SqlOrderDesk(client, script);
  }

  list(customer: string): Promise<readonly Order[]> {
    return this.#client.query<Order>(
      `select id, customer, item, status, to_jsonb(changed_at) #>> '{}' as changed_at
       from demo.orders where $1 in (customer, $2) order by id`,
      [customer, EVERYBODY],
    );
  }

  async update({ target, status, end }: OrderUpdate): Promise<UpdateResult> {
    const [column, value] = "id" in target ? (["id", target.id] as const) : (["customer", target.customer] as const);
    const began = performance.now();
    const rows = await this.#run(end, async (connection) => {
      const updated = await connection.query(
        `update demo.orders set status = $1, changed_at = clock_timestamp() where ${column} = $2 returning id`,
        [status, value],
      );
      return updated.length;
    });
    const durationMs = performance.now() - began;
    const where = typeof value === "number" ? `id = ${value}` : `customer = ${quoted(value)}`;
    return { sql: `update orders set status = ${quoted(status)} where ${where};\n${end};`, rows, durationMs };
  }

  async isPatternEnabled(): Promise<boolean> {
    const [row] = await this.#client.query<{ enabled: boolean }>(
      "select enabled from realtime.channels where pattern = 'orders:%'",
    );
    return row?.enabled === true;
  }

  async enablePattern(isEnabled: boolean): Promise<void> {
    await this.#client.query("update realtime.channels set enabled = $1 where pattern = 'orders:%'", [isEnabled]);
  }

  async #run(end: OrderUpdate["end"], work: (connection: SqlConnection) => Promise<number>): Promise<number> {
    let rows = 0;
    const transaction = this.#client.transaction(async (connection) => {
      rows = await work(connection);
      if (end === "rollback") throw ROLLBACK;
    });
    await transaction.catch((error: unknown) => {
      if (error !== ROLLBACK) throw error;
    });
    return rows;
  }
}

const ROLLBACK = new Error("Rolled back, as it was requested.");

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
