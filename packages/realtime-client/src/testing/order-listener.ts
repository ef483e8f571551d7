import { scriptedClient } from "./scripted-client.js";

/** The concrete channel of `orderListener`. */
export const ORDER = "orders.7.status";

/** A message of it, at this offset of the epoch "e". */
export function orderMessage(offset: number, rest: object = {}) {
  return {
    type: "message" as const,
    id: `${offset}`,
    channel: ORDER,
    event: "message",
    payload: { status: `s${offset}` },
    at: 0,
    sender: { type: "system" as const },
    position: { epoch: "e", offset },
    ...rest,
  };
}

/** The result of a subscribe that stands there. */
export function orderAt(offset: number) {
  return { channel: ORDER, position: { epoch: "e", offset } };
}

/** A connected client that listens to an order, with what it received. */
export async function orderListener(options = {}, clientOptions: Parameters<typeof scriptedClient>[0] = {}) {
  const stage = scriptedClient(clientOptions);
  const order = stage.client.channel("orders.{orderId}.status", { orderId: "7" }, options);
  const received: unknown[] = [];
  order.subscribe({
    message: ({ payload }) => received.push(payload.status),
    gap: () => received.push("GAP"),
    opening: (opening) => received.push({ opening }),
  });
  await stage.connect();
  return { ...stage, order, received };
}
