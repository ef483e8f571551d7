import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const nonce = z.string().min(1).max(64);

/** A public channel: the server's heartbeat, and every ping of a client. */
export const realtimePingChannel = defineRealtimeChannel({
  name: "realtime-ping",
  scope: "public",
  payload: {
    heartbeat: z.strictObject({ beat: z.int().positive() }),
    pinged: z.strictObject({ nonce }),
  },
  inbound: { ping: z.strictObject({ nonce }) },
  reply: z.strictObject({ nonce }),
  history: { size: 50, ttlMs: 60_000 }, // a minute of life: a page paints its pulse at once, and misses no ping over a cut
});
