// One node in a process of its own: serves WebSockets, competes for the relay, and publishes. It is killed without a warning.
import { createServer } from "node:http";
import { setTimeout as passed } from "node:timers/promises";
import { createRealtime } from "@repo/core-realtime/server";
import { createPostgresRealtime, PgClient } from "@repo/realtime-postgres";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { CHANNELS, torture } from "./torture.channel";
import type { TortureReport } from "./torture-node";

const PUBLISH_EVERY_MS = 25;
const LOOK_MS = 20;

const [connectionString = "", port = "0"] = process.argv.slice(2);
const report = (fact: TortureReport): void => void process.send?.(fact);

const client = new PgClient({ connectionString });
const failures = new Set<string>();
const postgres = createPostgresRealtime({
  client,
  observers: [
    {
      kinds: ["failed"],
      observe: (observation) => void (observation.kind === "failed" && failures.add(String(observation.cause))),
    },
  ],
});
const realtime = createRealtime({ authenticator: { authenticate: () => null }, ...postgres });
realtime.registry.registerChannel(torture);
const httpServer = createServer();
await realtime.serve(new WsRealtimeServer({ httpServer }));
await new Promise<void>((resolve) => httpServer.listen(Number(port), "127.0.0.1", resolve));
const address = httpServer.address();
report({ kind: "ready", port: typeof address === "object" && address ? address.port : 0 });

let wasRelay = false;
setInterval(() => {
  if (postgres.isRelay !== wasRelay) report({ kind: "relay", isRelay: (wasRelay = postgres.isRelay) });
}, LOOK_MS);

let isStopped = false;
process.on("message", (order) => {
  if (order === "publish") void publishAll();
  else isStopped = true;
});

async function publishAll(): Promise<void> {
  const writer = `node ${process.pid}`;
  for (let n = 1; !isStopped; n += 1) {
    await publish(writer, n);
    await passed(PUBLISH_EVERY_MS);
  }
  report({ kind: "stopped", failures: [...failures] });
}

async function publish(writer: string, n: number): Promise<void> {
  const id = String(n % CHANNELS);
  const begun = Date.now();
  try {
    await realtime.broadcaster.broadcast(torture.at({ id }), { writer, n });
    report({ kind: "published", writer, n, id, begun, acked: Date.now() });
  } catch (error) {
    report({ kind: "refused", code: error instanceof Error && "code" in error ? String(error.code) : String(error) });
  }
}
