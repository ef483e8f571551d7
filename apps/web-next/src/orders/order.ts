/** An order, as the trigger of orders.sql publishes it. */
export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly item: string;
  readonly status: string;
  /** When its last UPDATE ran; ISO 8601. */
  readonly changed_at: string;
}

/** The part of the channel's name that stands for every customer. */
export const EVERYBODY = "all";

export const ORDER_STATUSES = ["placed", "paid", "packed", "shipped", "delivered"] as const;
