// A node of Fourgate over Postgres and WebSocket, in a process of its own.
import { createServer } from "node:http";
import { createRealtime } from "@repo/core-realtime/server";
import { createPostgresRealtime, PgClient } from "@repo/realtime-postgres";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { portOf } from "../server/port-of.js";

const [connectionString = ""] = process.argv.slice(2);
const httpServer = createServer();
const client = new PgClient({ connectionString });
const postgres = createPostgresRealtime({ client, nodes: "one", webhooks: false, retention: false });
const realtime = createRealtime({
  authenticator: { authenticate: () => null },
  limits: { maxConnectionsPerAddress: 50_000 },
  ...postgres,
});
await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
const port = await portOf(httpServer);
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
