import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** With history, one schema and a handler. */
export const orderStatus = defineRealtimeChannel({
  name: "orders.{orderId}.status",
  scope: "authenticated",
  payload: z.object({ status: z.string() }),
  inbound: z.object({ note: z.string() }),
  reply: z.object({ noted: z.number() }),
  history: { size: 5, ttlMs: 300_000 },
});

/** An entity channel, and what one may do to its rows. */
export const taskList = defineRealtimeChannel({
  name: "entity:task",
  scope: "authenticated",
  payload: {
    "entity:created": z.object({ id: z.string(), record: z.unknown(), mutationId: z.string().optional() }),
    "entity:updated": z.object({ id: z.string(), record: z.unknown(), mutationId: z.string().optional() }),
    "entity:deleted": z.object({ id: z.string(), version: z.number(), mutationId: z.string().optional() }),
  },
  inbound: { rename: z.object({ id: z.string(), title: z.string(), mutationId: z.string() }) },
  history: { size: 50, ttlMs: 300_000 },
});

/** For staff alone; without history. */
export const back = defineRealtimeChannel({ name: "back", scope: { role: "staff" }, payload: z.object({}) });

/** A page of a list: with an `ask` and an opening. */
export const list = defineRealtimeChannel({
  name: "lists.{listId}",
  scope: "public",
  payload: z.object({ row: z.string() }),
  ask: z.object({ page: z.number() }),
  opening: z.object({ page: z.number() }),
  history: { size: 50, ttlMs: 300_000 },
});

/** What an app hands to `createRealtimeHooks`. */
export type TestChannels = typeof orderStatus | typeof taskList | typeof back | typeof list;
