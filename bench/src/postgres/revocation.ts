import { createServer } from "node:http";
import { SUBPROTOCOL } from "@repo/core-realtime";
import { createRealtime } from "@repo/core-realtime/server";
import { createPostgresRealtime, PgClient } from "@repo/realtime-postgres";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { WebSocket } from "ws";
import { portOf } from "../server/port-of.js";
import { percentile, type Measurement } from "./measurement.js";
import type { PostgresBed } from "./postgres-bed.js";

const SET_UP = [
  "create table bench_rooms (room text primary key)",
  "grant select on bench_rooms to anon",
  "insert into realtime.channels (pattern) values ('room:%')",
  `create policy room_read on realtime.channels for select to anon using (pattern = 'room:%'
    and exists (select from bench_rooms where room = split_part(realtime.channel_name(), ':', 2)))`,
];

/** From the DELETE of a row that a policy depends on to the client's notice that its subscription has ended. */
export async function revocation(bed: PostgresBed, times: number): Promise<readonly Measurement[]> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  for (const statement of SET_UP) await client.query(statement);
  await client.query("insert into bench_rooms select n::text from generate_series(1, $1) as n", [times]);
  const postgres = createPostgresRealtime({ client, nodes: "one", webhooks: false, retention: false });
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, ...postgres });
  const httpServer = createServer();
  await realtime.serve(new WsRealtimeServer({ httpServer, path: "/realtime" }));
  const url = `ws://127.0.0.1:${await portOf(httpServer)}/realtime`;
  const delays: number[] = [];
  try {
    for (let room = 1; room <= times; room += 1) {
      const socket = new WebSocket(url, SUBPROTOCOL);
      await frameOf(socket, "connected");
      socket.send(JSON.stringify({ type: "subscribe", id: "s", channel: `room:${room}` }));
      await frameOf(socket, "reply");
      const left = frameOf(socket, "left");
      const began = performance.now();
      await client.query("delete from bench_rooms where room = $1", [String(room)]);
      await left;
      delays.push(performance.now() - began);
      socket.terminate();
    }
  } finally {
    await realtime.close();
    await postgres.close();
    httpServer.close();
    await client.close();
    await close();
  }
  const p99 = percentile(
    delays.toSorted((a, b) => a - b),
    0.99,
  );
  return [
    {
      what: "DELETE of a membership → the client receives the end of its subscription, p99",
      ours: `${p99.toFixed(0)} ms`,
      peer: "",
      goal: "≤ 100 ms",
      isMet: p99 <= 100,
    },
  ];
}

/** Resolves with the next frame of a type. */
function frameOf(socket: WebSocket, type: string): Promise<void> {
  return new Promise((resolve) => {
    const onMessage = (data: unknown) => {
      if ((JSON.parse(String(data)) as { readonly type?: string }).type !== type) return;
      socket.off("message", onMessage);
      resolve();
    };
    socket.on("message", onMessage);
  });
}
