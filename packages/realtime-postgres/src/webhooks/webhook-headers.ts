import { Webhook } from "standardwebhooks";
import type { WebhookDelivery } from "./webhook-delivery.js";

/** The headers of one attempt. `secrets` has two where one is being replaced: the receiver may verify with either. */
export function webhookHeaders(
  delivery: WebhookDelivery,
  at: Date,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const { webhookId, messageId, event, channel, body } = delivery;
  const sentEvent = headerText(event);
  const sentChannel = headerText(channel);
  return {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "fourgate-webhooks",
    "x-insforge-event": sentEvent,
    "x-insforge-channel": sentChannel,
    "x-insforge-message-id": messageId,
    "x-fourgate-event": sentEvent,
    "x-fourgate-channel": sentChannel,
    "x-fourgate-message-id": messageId,
    "webhook-id": webhookId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    ...signatures(delivery, at, secrets),
  };
}

/** A `TypeError` where a secret cannot sign; it does not show it. */
export function checkSecrets(secrets: readonly string[]): void {
  for (const [index, secret] of secrets.entries())
    try {
      new Webhook(secret).sign("msg_1", new Date(0), "");
    } catch (cause) {
      throw new TypeError(`secrets[${index}] is no secret. Make one: echo whsec_$(openssl rand -base64 32)`, { cause });
    }
}

function signatures(
  { webhookId, body }: WebhookDelivery,
  at: Date,
  secrets: readonly string[],
): Record<string, string> {
  if (secrets.length === 0) return {};
  return { "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(webhookId, at, body)).join(" ") };
}

/** A name as a header can carry it: what is not printable ASCII, and `%`, percent-encoded; `decodeURIComponent` gives the name. */
function headerText(name: string): string {
  return name.replaceAll(/[^\x20-\x24\x26-\x7e]|^ | $/gu, encodeURIComponent);
}
