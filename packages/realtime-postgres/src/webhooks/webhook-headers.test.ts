import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { webhookHeaders } from "./webhook-headers.js";
import type { WebhookDelivery } from "./webhook-delivery.js";

const OLD = `whsec_${Buffer.from("the secret before the rotation").toString("base64")}`;
const NEW = `whsec_${Buffer.from("the secret after the rotation").toString("base64")}`;

const delivery = (changes: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  id: "1",
  webhookId: "msg_1",
  messageId: "0199a1b2-0000-7000-8000-000000000001",
  channel: "order:123",
  event: "UPDATE_order",
  url: "https://hooks.example.com/",
  body: `{"status": "shipped", "name": "Zoë"}`,
  attempt: 1,
  attemptOfRound: 1,
  ...changes,
});

// 001-50
it("names event, channel and message as the seed does, and under our own name", () => {
  expect(webhookHeaders(delivery(), new Date(1_790_000_000_900), [])).toEqual({
    "content-type": "application/json",
    "content-length": "37",
    "user-agent": "fourgate-webhooks",
    "x-insforge-event": "UPDATE_order",
    "x-insforge-channel": "order:123",
    "x-insforge-message-id": "0199a1b2-0000-7000-8000-000000000001",
    "x-fourgate-event": "UPDATE_order",
    "x-fourgate-channel": "order:123",
    "x-fourgate-message-id": "0199a1b2-0000-7000-8000-000000000001",
    "webhook-id": "msg_1",
    "webhook-timestamp": "1790000000",
  });
});

it("is verified with either of two secrets, and with no third", () => {
  const { body } = delivery();
  const headers = webhookHeaders(delivery(), new Date(), [NEW, OLD]);
  expect(new Webhook(OLD).verify(body, headers)).toEqual({ status: "shipped", name: "Zoë" });
  expect(new Webhook(NEW).verify(body, headers)).toEqual({ status: "shipped", name: "Zoë" });
  const other = new Webhook(`whsec_${Buffer.from("another").toString("base64")}`);
  expect(() => other.verify(body, headers)).toThrow();
  expect(() => new Webhook(NEW).verify(`${body} `, headers)).toThrow();
});

it("lets no name add a header, and keeps every name readable", () => {
  const names = ["a\r\nx-admin: 1", "täglich 50 %", " edge ", "日本", "order:123"];
  for (const name of names) {
    const headers = webhookHeaders(delivery({ event: name, channel: name }), new Date(), []);
    const sent = headers["x-insforge-event"] ?? "";
    expect(sent).toMatch(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/);
    expect(decodeURIComponent(sent)).toBe(name);
  }
});
