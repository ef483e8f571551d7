// A relay in a process of its own; it is killed without a warning.
import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { PgClient } from "../client/pg-client.js";
import { Relay } from "../relay/relay.js";

const [connectionString = ""] = process.argv.slice(2);
const client = new PgClient({ connectionString });
const observer = { observe: () => undefined };
const relay = new Relay({ client, registry: new RealtimeHandlerRegistry(), observer, maxBytes: 65_536 });
relay.start();
let wasLeading = false;
setInterval(() => {
  if (relay.isLeading !== wasLeading) process.send?.((wasLeading = relay.isLeading));
}, 5);
process.send?.(false); // it has begun
