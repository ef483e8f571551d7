import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { createRealtimeHooks, type Preloaded } from "./index.js";
import { preloadChannel } from "./server.js";
import { orderStatus, taskList, type TestChannels } from "./testing/test-channels.js";

// Must compile, or must not: `tsc` is the test.
const { useChannel, useEvent, usePresence, useOptimisticCollection } = createRealtimeHooks<TestChannels>();

interface Row {
  readonly id: string;
}

export function Right({ preloaded, rows }: { readonly preloaded: Preloaded<number>; readonly rows: Preloaded<Row[]> }) {
  const order = useChannel("orders.{orderId}.status", { orderId: "7" });
  const shown: string | undefined = order.latest?.payload.status;
  const replied: Promise<{ noted: number }> = order.publish({ note: "thanks" });
  const nothing: undefined = order.data;
  const { data } = useChannel(
    "orders.{orderId}.status",
    { orderId: "7" },
    { preloaded, reduce: (sum, { payload }) => sum + payload.status.length },
  );
  const sum: number = data;
  useChannel("back", {}, { suspense: true });
  useEvent("orders.{orderId}.status", { orderId: "7" }, { message: ({ status }, { at }) => [status.length, at] });
  useEvent("entity:task", {}, { "entity:deleted": ({ version }) => version.toFixed() });
  const read = (message: unknown) => readEntity<Row>(message as EntityMessage<Row>);
  const tasks = useOptimisticCollection("entity:task", {}, { key: ({ id }) => id, read, preloaded: rows });
  const ids: readonly string[] = tasks.rows.map(({ id }) => id);
  const page = useChannel("lists.{listId}", { listId: "7" }, { ask: { page: 1 }, keep: 2 });
  const opened: number | undefined = page.opening?.page;
  useEvent("lists.{listId}", { listId: "7" }, { message: ({ row }) => row }, { ask: { page: 1 } });
  void opened;
  return [shown, replied, nothing, sum, ids] as unknown as string;
}

export function Wrong({ preloaded }: { readonly preloaded: Preloaded<number> }) {
  // @ts-expect-error no such channel
  useChannel("orders.status");
  // @ts-expect-error a missing parameter
  useChannel("orders.{orderId}.status");
  // @ts-expect-error a wrong parameter
  useChannel("orders.{orderId}.status", { orderid: "7" });
  // @ts-expect-error a parameter where there is no placeholder
  useChannel("back", { orderId: "7" });
  // @ts-expect-error another channel's payload
  useChannel("orders.{orderId}.status", { orderId: "7" }).latest?.payload.id;
  // @ts-expect-error a wrong message
  void useChannel("orders.{orderId}.status", { orderId: "7" }).publish({ text: "thanks" });
  // @ts-expect-error clients only listen
  void useChannel("back").publish({ at: 1 });
  // @ts-expect-error what comes out is not what was preloaded
  useChannel("orders.{orderId}.status", { orderId: "7" }, { preloaded, reduce: (_, { payload }) => payload.status });
  // @ts-expect-error an unknown event
  useEvent("entity:task", {}, { "entity:renamed": () => undefined });
  // @ts-expect-error another event's payload
  useEvent("entity:task", {}, { "entity:deleted": ({ record }) => record });
  // @ts-expect-error the channel needs an ask
  useChannel("lists.{listId}", { listId: "7" });
  // @ts-expect-error another ask
  useChannel("lists.{listId}", { listId: "7" }, { ask: { page: "1" } });
  // @ts-expect-error a channel that takes none
  useChannel("back", {}, { ask: 7 });
  // @ts-expect-error the channel needs an ask here too
  useEvent("lists.{listId}", { listId: "7" }, {});
  // @ts-expect-error another opening
  void useChannel("lists.{listId}", { listId: "7" }, { ask: { page: 1 } }).opening?.rows;
  // @ts-expect-error a channel without presence
  usePresence("entity:task");
  return null;
}

void preloadChannel(orderStatus.at({ orderId: "7" }), {
  history: { read: () => ({ complete: true, messages: [] }) },
  load: () => 1,
});
void preloadChannel(taskList, { history: { read: () => ({ complete: true, messages: [] }) }, load: async () => [1] });
// @ts-expect-error which order?
void preloadChannel(orderStatus, { history: { read: () => ({ complete: true, messages: [] }) }, load: () => 1 });
// @ts-expect-error nowhere to read the position
void preloadChannel(taskList, { load: () => 1 });
