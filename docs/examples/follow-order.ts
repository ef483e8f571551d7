import { createRealtimeClient } from "fourgate/client";

/** What the events of an order carry. */
interface OrderPayload {
  readonly status?: string; // UPDATE_order
  readonly text?: string; // note
}

/** Shows an order's status whenever it changes. */
export function followOrder(id: number, show: (status: string) => void, { url = "/realtime", token = "mia" } = {}) {
  const client = createRealtimeClient({ url, auth: () => token });
  const order = client.channel.raw<OrderPayload>(`order:${id}`);
  order.on("UPDATE_order", ({ status = "" }) => show(status));
  return { order, close: () => client.disconnect() };
}
