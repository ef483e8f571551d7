import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const text = z.string();

/** What clients send to it is run once, counted and sent on. */
export const counted = defineRealtimeChannel({
  name: "figures.counted",
  scope: "authenticated",
  payload: text,
  inbound: text,
  history: { size: 5_000, ttlMs: 600_000 },
});

/** For a flood: nothing of it is kept. */
export const flood = defineRealtimeChannel({
  name: "figures.flood",
  scope: "public",
  payload: z.object({ n: z.number(), at: z.number(), weight: z.string() }),
});
