import type { Order } from "./order";

/** The orders with one of them as it is now, in the order of their ids. */
export function withOrder(orders: readonly Order[], order: Order): readonly Order[] {
  const others = orders.filter(({ id }) => id !== order.id);
  return [...others, order].toSorted((one, other) => one.id - other.id);
}
