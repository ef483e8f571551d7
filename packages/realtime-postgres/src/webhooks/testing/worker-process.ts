import { PgClient } from "../../client/pg-client.js";
import { WebhookWorker } from "../webhook-worker.js";

// A node that delivers webhooks and nothing else, for a test that kills it.
const [connectionString = ""] = process.argv.slice(2);
const client = new PgClient({ connectionString });
await new WebhookWorker({
  client,
  allowHttp: true,
  allowAddresses: ["127.0.0.1"],
  timeoutMs: 1_000,
  leaseMs: 1_500,
}).start();
