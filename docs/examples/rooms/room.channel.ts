// room.channel.ts
import { defineRealtimeChannel } from "fourgate";
import { z } from "zod";

/** One room; its members alone may follow it. */
export const roomChannel = defineRealtimeChannel({
  name: "rooms.{roomId}",
  scope: "authenticated",
  payload: { announced: z.object({ text: z.string() }) },
  history: { size: 100, ttlMs: 600_000 },
});
