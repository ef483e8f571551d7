import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeBroadcaster, type RealtimeHandler, type RealtimeUser } from "../index.js";

// Must compile, or must not: `tsc` is the test.
declare const realtime: IRealtimeBroadcaster;

const order = defineRealtimeChannel({
  name: "orders.{orderId}.status",
  scope: { role: "staff" },
  payload: z.object({ status: z.enum(["placed", "shipped"]) }),
  inbound: z.object({ note: z.string().max(280) }),
  history: { size: 100, ttlMs: 300_000 },
});
const board = defineRealtimeChannel({
  name: "boards.{boardId}",
  scope: "authenticated",
  payload: { "task.moved": z.object({ id: z.string() }), "task.gone": z.object({ id: z.string(), why: z.string() }) },
  inbound: { move: z.object({ id: z.string() }), drop: z.object({ id: z.number() }) },
  reply: z.object({ version: z.number() }),
});
const ping = defineRealtimeChannel({ name: "realtime-ping", scope: "public", payload: z.object({ at: z.number() }) });
const inbox = defineRealtimeChannel({
  name: "notifications.user.{userId}",
  scope: { userScoped: "userId" },
  payload: z.object({ text: z.string() }),
});

void realtime.broadcast(order.at({ orderId: "7" }), { status: "shipped" });
void realtime.broadcast(order.at({ orderId: "7" }), { status: "shipped" }, { idempotencyKey: "once" });
void realtime.broadcast(board.at({ boardId: "1" }), "task.moved", { id: "a" });
void realtime.broadcast(ping, { at: 1 });
void realtime.broadcast(inbox.at({ userId: "u" }), { text: "hello" });

// @ts-expect-error a templated channel without .at(…)
void realtime.broadcast(order, { status: "shipped" });
// @ts-expect-error a wrong payload
void realtime.broadcast(order.at({ orderId: "7" }), { status: "lost" });
// @ts-expect-error a missing parameter
void order.at({});
// @ts-expect-error a wrong parameter
void order.at({ orderid: "7" });
// @ts-expect-error a parameter that is no string
void order.at({ orderId: 7 });
// @ts-expect-error an unknown event
void realtime.broadcast(board.at({ boardId: "1" }), "task.renamed", { id: "a" });
// @ts-expect-error another event's payload
void realtime.broadcast(board.at({ boardId: "1" }), "task.gone", { id: "a" });
// @ts-expect-error an event where there is one schema
void realtime.broadcast(ping, "message", { at: 1 });

const bad = { name: "notifications.user.{userId}", payload: z.object({}) } as const;
// @ts-expect-error a userScoped that is no placeholder
defineRealtimeChannel({ ...bad, scope: { userScoped: "orderId" } });
// @ts-expect-error no scope at all
defineRealtimeChannel({ ...bad });

export const onOrder: RealtimeHandler<typeof order> = ({ payload, params, user }) => {
  const note: string = payload.note;
  const orderId: string = params.orderId;
  const by: RealtimeUser = user; // never null: the scope is not public
  return { note, orderId, by: by.userId };
};
export const onBoard: RealtimeHandler<typeof board> = (message) => {
  if (message.event === "drop") return { version: message.payload.id };
  // @ts-expect-error the payload of "move" has a string id
  const id: number = message.payload.id;
  return { version: id };
};
// @ts-expect-error the reply does not fit
export const onBoardWrongly: RealtimeHandler<typeof board> = () => ({ version: "1" });
