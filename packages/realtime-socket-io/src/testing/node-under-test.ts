import { createServer, type Server as HttpServer } from "node:http";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { createRealtime, type Realtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { byToken, TestClient, RecordingObserver } from "@repo/core-testing";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { SocketIORealtimeServer, type SocketIORealtimeServerOptions } from "../socket-io-realtime-server.js";
import { listen, stopListening } from "./listen.js";
import { openSocketIOLink, type LinkOptions, type SocketIOLink } from "./socket-io-link.js";

const anything = z.object({ text: z.string() });

/** For all clients. */
export const lobby = defineRealtimeChannel({ name: "lobby", scope: "public", payload: anything, inbound: anything });
/** For all clients, one of many. */
export const room = defineRealtimeChannel({ name: "rooms.{id}", scope: "public", payload: anything });
/** A channel whose messages a reader that lags may miss. */
export const cursors = defineRealtimeChannel({
  name: "cursors",
  scope: "public",
  payload: anything,
  overflow: "drop",
});
/** Where only the latest per key matters to a reader that lags. */
export const prices = defineRealtimeChannel({
  name: "prices",
  scope: "public",
  payload: z.object({ key: z.string(), text: z.string() }),
  overflow: { conflate: ({ key }) => key },
});

/** A node on a port, and what a test does with it. */
export interface NodeUnderTest {
  readonly realtime: Realtime;
  readonly transport: SocketIORealtimeServer;
  readonly httpServer: HttpServer;
  readonly observer: RecordingObserver;
  readonly origin: string;
  /** A client passes gate 1. */
  enter(options?: Partial<LinkOptions>): Promise<TestClientWithLink>;
}

export interface TestClientWithLink {
  readonly client: TestClient;
  readonly link: SocketIOLink;
}

/** The options that a test changes. */
export interface NodeOptions extends Partial<RealtimeOptions> {
  readonly socketIO?: SocketIORealtimeServerOptions;
}

/** Opens a node that closes when the test ends. */
export async function openNode({ socketIO, ...options }: NodeOptions = {}): Promise<NodeUnderTest> {
  const observer = new RecordingObserver();
  const authenticator = byToken({ mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } });
  const realtime = createRealtime({ authenticator, observers: [observer], ...options });
  realtime.registry.register(lobby, ({ payload, user }) => ({ received: payload.text, from: user?.userId ?? null }));
  for (const channel of [room, cursors, prices]) realtime.registry.registerChannel(channel);
  const httpServer = createServer((_request, response) => void response.writeHead(404).end("not ours"));
  const transport = new SocketIORealtimeServer({ httpServer, ...socketIO });
  await realtime.serve(transport);
  const origin = await listen(httpServer);
  onTestFinished(async () => {
    await realtime.close({ drainMs: 1 });
    await stopListening(httpServer);
  });
  return { realtime, transport, httpServer, observer, origin, enter: async (options) => enter(origin, options) };
}

async function enter(origin: string, options: Partial<LinkOptions> = {}): Promise<TestClientWithLink> {
  let link: SocketIOLink | undefined;
  const client = await TestClient.connect(async (events) => {
    link = await openSocketIOLink(origin, { mode: "websocket", ...options }, events);
    return link;
  });
  if (!link) throw new Error("no link was opened");
  onTestFinished(() => link?.close());
  await client.next("connected");
  return { client, link };
}
