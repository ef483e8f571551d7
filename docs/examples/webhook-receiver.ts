import { createServer, type IncomingMessage, type Server } from "node:http";
import { Webhook } from "standardwebhooks";

/** Verifies each webhook, and passes on each message once. */
export function createWebhookReceiver(
  secret: string,
  onMessage: (event: string, payload: unknown) => Promise<void>,
): Server {
  const webhook = new Webhook(secret);
  const seen = new Set<string>(); // in your service: a table with a unique key, written in the transaction that does the work
  return createServer(async (request, response) => {
    const body = await textOf(request); // as it came: parsed and written again, it would have another signature
    const id = headerOf(request, "webhook-id");
    let payload: unknown;
    try {
      payload = webhook.verify(body, {
        "webhook-id": id,
        "webhook-timestamp": headerOf(request, "webhook-timestamp"),
        "webhook-signature": headerOf(request, "webhook-signature"),
      });
    } catch {
      response.writeHead(400).end("The signature is not valid.");
      return;
    }
    if (!seen.has(id)) await onMessage(decodeURIComponent(headerOf(request, "x-fourgate-event")), payload);
    seen.add(id);
    response.writeHead(204).end();
  });
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  return String(headers[name] ?? "");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
