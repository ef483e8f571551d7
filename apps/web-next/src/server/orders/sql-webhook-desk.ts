import { randomBytes } from "node:crypto";
import type { SqlClient } from "@repo/realtime-postgres";
import { Webhook } from "standardwebhooks";
import type { IWebhookDesk, WebhookDelivery } from "./order-desk";

const LIST = `
  select delivery.id::text as id, channel_name as channel, event_name as event, state,
    to_jsonb(created_at) #>> '{}' as "createdAt",
    coalesce((
      select jsonb_agg(jsonb_build_object(
        'attempt', attempt, 'status', status, 'error', error, 'durationMs', duration_ms) order by attempt)
      from realtime.webhook_attempts where delivery_id = delivery.id
    ), '[]') as attempts
  from realtime.webhook_deliveries as delivery order by delivery.id desc limit 30`;

/** Webhooks to a receiver in this very process. */
export class SqlWebhookDesk implements IWebhookDesk {
  isAccepting = true;
  readonly #client: SqlClient;
  readonly #secret = `whsec_${randomBytes(24).toString("base64")}`;
  /** How the node's worker sends: to this machine alone, signed with a secret that only this process knows. */
  readonly worker = {
    secrets: [this.#secret],
    longRetries: false, // a dead letter after three seconds, for a visitor to see
    allowHttp: true,
    allowAddresses: ["127.0.0.1", "::1"],
  };

  constructor(client: SqlClient) {
    this.#client = client;
  }

  /** Sends what the orders' channel publishes to this URL from now on. */
  async start(url: string): Promise<void> {
    await this.#client.query("update realtime.channels set webhook_urls = $1 where pattern = 'orders:%'", [[url]]);
  }

  deliveries(): Promise<readonly WebhookDelivery[]> {
    return this.#client.query<WebhookDelivery>(LIST);
  }

  async redeliver(id: string): Promise<boolean> {
    const [row] = await this.#client.query<{ isQueued: boolean }>(
      `select realtime.redeliver($1::bigint) as "isQueued"`,
      [id],
    );
    return row?.isQueued === true;
  }

  receive(headers: Headers, body: string): number {
    try {
      new Webhook(this.#secret).verify(body, Object.fromEntries(headers));
    } catch {
      return 401;
    }
    return this.isAccepting ? 204 : 503;
  }
}
