import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** An order, as the trigger of orders.sql publishes it. */
export const order = z.object({
  id: z.number(),
  customer: z.string(),
  item: z.string(),
  status: z.string(),
  changed_at: z.string(),
});
export type Order = z.output<typeof order>;

/**
 * What the pages know of the channel that orders.sql declares: its name and its events. The server never registers it; the row in
 * realtime.channels and its policies decide.
 */
export const orderChannel = defineRealtimeChannel({
  name: "orders:{customer}",
  scope: "public",
  payload: { insert: order, update: order },
  history: { size: 300, ttlMs: 86_400_000 },
});

/** The part of the name that stands for every customer. */
export const EVERYBODY = "all";

export const ORDER_STATUSES = ["placed", "paid", "packed", "shipped", "delivered"] as const;
