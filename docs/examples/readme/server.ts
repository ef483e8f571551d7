// server.ts
import { createServer } from "node:http";
import { defineRealtimeChannel } from "fourgate";
import { createRealtime } from "fourgate/server";
import { WsRealtimeServer } from "fourgate/ws";
import { z } from "zod";

export const pollChannel = defineRealtimeChannel({
  name: "polls.{pollId}",
  scope: "public", // or "authenticated", { role: "staff" }, { userScoped: "<placeholder>" }
  payload: { tally: z.object({ yes: z.int(), no: z.int() }) },
  inbound: { vote: z.object({ answer: z.enum(["yes", "no"]) }) },
  history: { size: 100, ttlMs: 300_000 }, // recovery after a lost connection
});

const realtime = createRealtime({ authenticator: { authenticate: () => null } });
const tally = { yes: 0, no: 0 };
realtime.registry.register(pollChannel, async ({ payload, broadcast }) => {
  tally[payload.answer] += 1;
  await broadcast("tally", tally); // to everybody who follows the poll, on every node
});
await realtime.serve(new WsRealtimeServer({ httpServer: createServer().listen(3000) }));
