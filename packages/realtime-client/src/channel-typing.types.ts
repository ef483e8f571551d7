import { createRealtimeClient, isRefusal, type RealtimeClient } from "./index.js";
import { board, list, orderStatus, type TestChannels } from "./testing/test-channels.js";

// Must compile, or must not: `tsc` is the test.
const client: RealtimeClient<TestChannels> = createRealtimeClient<TestChannels>({ url: "/realtime" });

const order = client.channel("orders.{orderId}.status", { orderId: "7" });
order.subscribe(({ payload, at, sender, position }) => [payload.status.length, at, sender.type, position?.offset]);
export const replied: Promise<{ noted: number }> = order.publish({ note: "thanks" });
export const shown: string | undefined = order.latest?.payload.status;

const handle = client.channel("boards:{boardId}", { boardId: "1" }, { rewind: 10 });
handle.on("gone", ({ why }) => why.length);
handle.subscribe((message) => (message.event === "gone" ? message.payload.why : message.payload.id));
void handle.publish("move", { id: "a" });
void handle.publish("drop", { id: 1 });
declare const change:
  readonly [event: "move", payload: { id: string }] | readonly [event: "drop", payload: { id: number }];
void handle.publish(...change);

client.channel("news").subscribe(({ payload }) => payload.at.toFixed());
client.channel("news", {}, { latest: true });
client.channel(orderStatus, { orderId: "7" }).subscribe(({ payload }) => payload.status);
void client.channel(board, { boardId: "1" }).publish("move", { id: "a" });

// @ts-expect-error no such channel
client.channel("orders.status");
// @ts-expect-error a missing parameter
client.channel("orders.{orderId}.status");
// @ts-expect-error a wrong parameter
client.channel("orders.{orderId}.status", { orderid: "7" });
// @ts-expect-error a parameter that is no string
client.channel("orders.{orderId}.status", { orderId: 7 });
// @ts-expect-error a parameter where there is no placeholder
client.channel("news", { orderId: "7" });
// @ts-expect-error a missing parameter of a value
client.channel(orderStatus);
// @ts-expect-error another channel's payload
order.subscribe(({ payload }) => payload.id);
// @ts-expect-error an unknown event
handle.on("renamed", () => undefined);
// @ts-expect-error a wrong message
void order.publish({ text: "thanks" });
// @ts-expect-error an event where there is one schema
void order.publish("message", { note: "thanks" });
// @ts-expect-error another event's payload
void handle.publish("drop", { id: "a" });
// @ts-expect-error clients only receive
void client.channel("news").publish({ at: 1 });

// Without a list of channels everything goes, and nothing is known.
const any = createRealtimeClient({ url: "/realtime" });
void any.channel("whatever").publish({ any: "thing" });
void any.channel("whatever").publish("event", { any: "thing" });
any.channel("whatever.{it}", { it: "is" }).subscribe(({ payload, event }) => {
  const name: string = event;
  // @ts-expect-error an unknown payload
  return [name, payload.status];
});

// The types of a channel's `ask`, `opening` and `errors`.
const rows = client.channel("lists.{listId}", { listId: "7" }, { ask: { page: 1 } });
export const opened: readonly string[] | undefined = rows.state.opening?.rows;
rows.subscribe({ opening: (opening) => opening.rows.length, change: ({ opening }) => opening?.rows });
client.channel(list, { listId: "7" }, { ask: { page: 1 }, rewind: 3 });
client.channel("news", {}, { ask: undefined });
// @ts-expect-error the channel needs an ask
client.channel("lists.{listId}", { listId: "7" });
// @ts-expect-error the channel needs an ask, beside what else is wished
client.channel("lists.{listId}", { listId: "7" }, { rewind: 3 });
// @ts-expect-error another ask
client.channel("lists.{listId}", { listId: "7" }, { ask: { page: "1" } });
// @ts-expect-error a value needs its ask too
client.channel(list, { listId: "7" });
// @ts-expect-error a channel that takes none
client.channel("news", {}, { ask: { page: 1 } });
// @ts-expect-error another opening
rows.subscribe({ opening: ({ lines }) => lines });
any.channel("whatever", {}, { ask: 7 }).subscribe({ opening: (opening: unknown) => opening });
any.channel("whatever");

declare const error: unknown;
if (isRefusal<typeof list, "CONFLICT">(error, undefined, "CONFLICT")) {
  error.code satisfies "REFUSED";
  error.reason satisfies "CONFLICT";
  error.data.version satisfies number;
  error.message satisfies string;
  // @ts-expect-error another refusal's data
  void error.data.max;
}
if (isRefusal(error, list, "FULL")) error.data.max satisfies number;
// @ts-expect-error no such refusal
isRefusal(error, list, "GONE");
// @ts-expect-error a channel without refusals of its own
isRefusal(error, board, "CONFLICT");

// A name known only at run time: any event, with the payload type that the app names.
const raw = client.channel.raw<{ readonly status: string }>("order:7", { latest: true });
raw.on("UPDATE_order", ({ status }) => status.length);
void raw.publish("UPDATE_order", { status: "paid" });
client.channel.raw("order:7").subscribe(({ event, payload, sender }) => [event.length, payload, sender.type]);
// @ts-expect-error another payload
void raw.publish("UPDATE_order", { status: 7 });
// @ts-expect-error an event is missing
void raw.publish({ status: "paid" });
