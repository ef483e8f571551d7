import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtime } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import { PgClient, PostgresReplyStore, type SqlClient } from "@repo/realtime-postgres";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { log } from "./lab-channels.js";

/** What the parent decides; its JSON is the program's one argument. */
export interface ReplyNodeOrder {
  readonly connectionString: string;
  readonly port: number;
  /** At which moment of its first message the process kills itself as `kill -9` does. */
  readonly diesAfter?: "handler" | "settle";
}

const order = JSON.parse(process.argv[2] ?? "{}") as ReplyNodeOrder; // written by the test beside
const client = new PgClient({ connectionString: order.connectionString });

/** The database, which the process does not survive once a reply is committed. */
const deadly: Pick<SqlClient, "query"> = {
  async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    const rows = await client.query<Row>(sql, values);
    if (order.diesAfter === "settle" && sql.includes("update realtime.replies set reply")) die();
    return rows;
  },
};

const realtime = createRealtime({
  authenticator: byToken({ mia: { userId: "mia", roles: [] } }),
  replies: new PostgresReplyStore({ client: deadly }),
});
realtime.registry.register(log, async ({ payload }) => {
  await client.query("insert into runs (note) values ($1)", [payload.note]);
  if (order.diesAfter === "handler") die();
  const [row] = await client.query<{ count: number }>("select count(*)::int as count from runs");
  return { noted: row?.count ?? 0 };
});

const ws = new WsRealtimeServer();
const http = createServer((_, response) => response.writeHead(404).end());
http.on("upgrade", (request, socket, head) => ws.handleUpgrade(request, socket, head));
await realtime.serve(ws);
http.listen(order.port, "127.0.0.1", () => process.send?.((http.address() as AddressInfo).port));

function die(): void {
  process.kill(process.pid, "SIGKILL");
}
