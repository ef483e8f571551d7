// src/realtime/polls.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

const answer = z.enum(["yes", "no"]);

/** One poll: everybody may follow it and vote. `history` lets a browser that was away receive what it has missed. */
export const pollChannel = defineRealtimeChannel({
  name: "polls.{pollId}",
  scope: "public", // anyone, as often as the limits allow; or "authenticated", { role: "staff" }, { userScoped: "userId" }
  payload: { tally: z.object({ yes: z.int(), no: z.int() }) },
  inbound: { vote: z.object({ answer }) },
  opening: z.object({ yes: z.int(), no: z.int() }),
  history: { size: 100, ttlMs: 300_000 },
});
