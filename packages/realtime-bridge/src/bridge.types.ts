import { defineEvent } from "@repo/core-events";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";
import { bridgeEntry } from "./bridge-entry";

// Must compile, or must not: `tsc` is the test.
const shipped = defineEvent({
  name: "order.shipped",
  payload: z.object({ orderId: z.string(), weight: z.string().transform(Number) }),
});
const order = defineRealtimeChannel({
  name: "orders.{orderId}.status",
  scope: { role: "staff" },
  payload: z.object({ status: z.enum(["placed", "shipped"]) }),
});
const board = defineRealtimeChannel({
  name: "board",
  scope: "authenticated",
  payload: { "order.gone": z.object({ kg: z.number() }), "order.late": z.object({ days: z.number() }) },
});

bridgeEntry(shipped, order, {
  at: ({ payload }) => ({ orderId: payload.orderId }),
  message: () => [{ status: "shipped" }],
});
bridgeEntry(shipped, board, { message: ({ payload }) => ["order.gone", { kg: payload.weight }] });
bridgeEntry(shipped, board, {
  message: ({ payload }) => ["order.gone", { kg: payload.weight }, { sender: { type: "user", id: "mia" } }],
});

const message = () => [{ status: "shipped" }] as const;
// @ts-expect-error a templated channel without its parameters
bridgeEntry(shipped, order, { message });
// @ts-expect-error a missing parameter
bridgeEntry(shipped, order, { at: () => ({}), message });
// @ts-expect-error a wrong parameter
bridgeEntry(shipped, order, { at: () => ({ orderid: "7" }), message });
// @ts-expect-error a parameter that is no string
bridgeEntry(shipped, order, { at: ({ payload }) => ({ orderId: payload.weight }), message });
// @ts-expect-error parameters where there are no placeholders
bridgeEntry(shipped, board, { at: () => ({}), message: () => ["order.gone", { kg: 1 }] });
// @ts-expect-error a wrong payload
bridgeEntry(shipped, order, { at: () => ({ orderId: "7" }), message: () => [{ status: "lost" }] });
// @ts-expect-error another event's payload
bridgeEntry(shipped, board, { message: () => ["order.gone", { days: 1 }] });
// @ts-expect-error an unknown outbound event
bridgeEntry(shipped, board, { message: () => ["order.lost", { kg: 1 }] });
// @ts-expect-error a field that the domain event does not have
bridgeEntry(shipped, board, { message: ({ payload }) => ["order.gone", { kg: payload.kilos }] });
// @ts-expect-error the occurrence has the schema's output, a number by now
bridgeEntry(shipped, board, { message: ({ payload }) => ["order.gone", { kg: payload.weight.length }] });
// @ts-expect-error an event is a value made by defineEvent, not a name
bridgeEntry("order.shipped", board, { message: () => ["order.gone", { kg: 1 }] });
