import type { Order } from "../../orders/order";

/** An UPDATE as the form runs it. */
export interface OrderUpdate {
  /** One order, or all of one customer. */
  readonly target: { readonly id: number } | { readonly customer: string };
  readonly status: string;
  readonly end: "commit" | "rollback";
}

/** What the database did. */
export interface UpdateResult {
  /** As a person would type it. */
  readonly sql: string;
  readonly rows: number;
  readonly durationMs: number;
}

export interface WebhookAttempt {
  readonly attempt: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
}

export interface WebhookDelivery {
  readonly id: string;
  readonly channel: string;
  readonly event: string;
  readonly state: "pending" | "delivered" | "dead";
  readonly createdAt: string;
  readonly attempts: readonly WebhookAttempt[];
}

/** The orders of the demo, and the pattern of their channel. Whoever calls it has checked who asks. */
export interface IOrderDesk {
  /** What is run once to make it all. */
  readonly script: string;
  /** The orders of one customer, or of everybody. */
  list(customer: string): Promise<readonly Order[]>;
  update(update: OrderUpdate): Promise<UpdateResult>;
  isPatternEnabled(): Promise<boolean>;
  enablePattern(isEnabled: boolean): Promise<void>;
}

/** The webhooks of the demo: what was sent, and a receiver that may refuse. */
export interface IWebhookDesk {
  /** Newest first. */
  deliveries(): Promise<readonly WebhookDelivery[]>;
  /** False where there is no such delivery, or it is being tried. */
  redeliver(id: string): Promise<boolean>;
  /** Whether the receiver accepts; otherwise it replies 503. */
  isAccepting: boolean;
  /** One request that arrived at the receiver, by its headers and body; the status to reply. */
  receive(headers: Headers, body: string): number;
}
