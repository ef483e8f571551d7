import type { IOrderDesk, IWebhookDesk } from "./order-desk";

/** Orders for an app without a database: none. */
export const noOrderDesk: IOrderDesk = {
  script: "",
  list: async () => [],
  update: async () => ({ sql: "", rows: 0, durationMs: 0 }),
  isPatternEnabled: async () => false,
  enablePattern: async () => undefined,
};

/** Webhooks for an app without a database: none. */
export const noWebhookDesk: IWebhookDesk = {
  isAccepting: false,
  deliveries: async () => [],
  redeliver: async () => false,
  receive: () => 503,
};
