import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const order = z.object({
  id: z.number(),
  customer: z.string(),
  item: z.string(),
  status: z.string(),
  changed_at: z.string(),
});

/**
 * What the pages know of the channel that orders.sql declares: its name and its events. The server never registers it; the row in
 * realtime.channels and its policies decide.
 */
export const orderChannel = defineRealtimeChannel({
  name: "orders:{customer}",
  scope: "public",
  payload: { insert: order, update: order },
  history: { size: 300, ttlMs: 86_400_000 }, // as the row has it
});
