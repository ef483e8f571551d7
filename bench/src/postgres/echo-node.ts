// The peer: what is notified on one channel of Postgres goes to every WebSocket whose path names the same room.
import { createServer } from "node:http";
import pg from "pg";
import { WebSocketServer, type WebSocket } from "ws";
import { portOf } from "../server/port-of.js";

const [connectionString = ""] = process.argv.slice(2);
const httpServer = createServer();
const rooms = new Map<string, Set<WebSocket>>();
new WebSocketServer({ server: httpServer }).on("connection", (socket, { url = "" }) => {
  const room = rooms.get(url.slice(1)) ?? new Set();
  rooms.set(url.slice(1), room.add(socket));
});
const client = new pg.Client({ connectionString });
await client.connect();
client.on("notification", ({ payload = "" }) => {
  const { room } = JSON.parse(payload) as { readonly room: string };
  for (const socket of rooms.get(room) ?? []) socket.send(payload);
});
await client.query("listen echo");
const port = await portOf(httpServer);
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
