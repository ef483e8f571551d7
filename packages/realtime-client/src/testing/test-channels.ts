import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

/** With history, one schema, and a handler behind it. */
export const orderStatus = defineRealtimeChannel({
  name: "orders.{orderId}.status",
  scope: "authenticated",
  payload: z.object({ status: z.string() }),
  inbound: z.object({ note: z.string() }),
  reply: z.object({ noted: z.number() }),
  history: { size: 400, ttlMs: 300_000 },
});

/** Without history, a map of events in both directions. */
export const board = defineRealtimeChannel({
  name: "boards:{boardId}",
  scope: "public",
  payload: { moved: z.object({ id: z.string() }), gone: z.object({ id: z.string(), why: z.string() }) },
  inbound: { move: z.object({ id: z.string() }), drop: z.object({ id: z.number() }) },
});

/** Clients only receive. */
export const news = defineRealtimeChannel({ name: "news", scope: "public", payload: z.object({ at: z.number() }) });

/** Only for staff. */
export const back = defineRealtimeChannel({ name: "back", scope: { role: "staff" }, payload: z.object({}) });

/** With an `ask`, an opening and refusals of its own. */
export const list = defineRealtimeChannel({
  name: "lists.{listId}",
  scope: "public",
  payload: z.object({ row: z.string() }),
  inbound: z.object({ row: z.string(), version: z.number() }),
  ask: z.object({ page: z.number() }),
  opening: z.object({ rows: z.array(z.string()) }),
  errors: { CONFLICT: z.object({ version: z.number() }), FULL: z.object({ max: z.number() }) },
  history: { size: 400, ttlMs: 300_000 },
});

export const testChannels = [orderStatus, board, news, back, list] as const;

/** What an app passes to `createRealtimeClient`. */
export type TestChannels = (typeof testChannels)[number];
