// A server with a live page, in a process of its own. Arguments: the secret, and `timed` where times are taken.
import { createServer } from "node:http";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createLivePages, InMemoryStateStore } from "@repo/live-ui";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { portOf } from "../server/port-of.js";
import { counterAt } from "./live-pages.js";
import { ServerTimes } from "./server-times.js";

const [secret = "", mode] = process.argv.slice(2);
const UNLIMITED = 1_000_000_000; // limits are checked, and never reached
const authenticator = {
  authenticate: ({ token }: { readonly token?: string | undefined }) =>
    token === undefined ? null : { userId: token, roles: [] },
};
const options = { secrets: [secret], authenticator, rate: { perSecond: UNLIMITED, burst: UNLIMITED } };
const stored = createLivePages({ ...options, pages: [counterAt("/stored")], store: new InMemoryStateStore() });
const stateless = createLivePages({ ...options, pages: [counterAt("/stateless")] });
const realtime = createRealtime({
  authenticator,
  guards: [stored.guard, stateless.guard],
  limits: { maxConnectionsPerAddress: UNLIMITED, messagesPerSecond: UNLIMITED, framesPerSecond: UNLIMITED },
});
for (const pages of [stored, stateless]) pages.bind(realtime.registry);
const httpServer = createServer();
const times = new ServerTimes();
if (mode === "timed") times.measure(httpServer);
httpServer.on(
  "request",
  serveNode((request) => (stored.isPage(new URL(request.url).pathname) ? stored : stateless).fetch(request)),
);
await realtime.serve(new WsRealtimeServer({ httpServer }));
const port = await portOf(httpServer);
times.serve();
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
