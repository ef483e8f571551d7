/** One message for one URL, leased for one attempt. */
export interface WebhookDelivery {
  /** The row in realtime.webhook_deliveries. */
  readonly id: string;
  /** The same in every attempt. */
  readonly webhookId: string;
  readonly messageId: string;
  readonly channel: string;
  readonly event: string;
  readonly url: string;
  /** The payload as JSON text. */
  readonly body: string;
  /** Which attempt this is of all that were ever made, from 1: only the holder of the last one may record its result. */
  readonly attempt: number;
  /** Which attempt this is since the message was enqueued or redelivered. */
  readonly attemptOfRound: number;
}

/** The outcome of one attempt. */
export interface WebhookAttempt {
  readonly delivery: WebhookDelivery;
  readonly beganAt: Date;
  readonly durationMs: number;
  /** The HTTP status; undefined where no response came. */
  readonly status?: number | undefined;
  /** Why it failed; undefined where the receiver accepted it. */
  readonly error?: string | undefined;
  readonly next: WebhookNext;
}

/** The state of a delivery after an attempt. */
export type WebhookNext =
  | { readonly kind: "delivered" }
  | { readonly kind: "retried"; readonly afterMs: number }
  | { readonly kind: "dead" }
  /** Dead, and with it everything that waits for the same URL. */
  | { readonly kind: "disabled" };
