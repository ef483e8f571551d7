import { InProcessBroker, type ServerFrame } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer, type Realtime } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { expect, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { createSqlChannels, type SqlChannels, type SqlChannelsOptions } from "../create-sql-channels.js";

type Frame = Readonly<Record<string, unknown>>;

/** A connected client with every frame it received. */
export interface SqlNodeClient {
  /** Every frame that it received, oldest first. */
  readonly frames: readonly ServerFrame[];
  /** Resolves with the reply. */
  request(frame: Frame): Promise<ServerFrame>;
  /** Resolves with the reply, which may be a refusal. */
  subscribe(channel: string): Promise<ServerFrame>;
  /** Resolves with the reply, which may be a refusal. */
  publish(channel: string, event: string, payload?: unknown): Promise<ServerFrame>;
  /** Channels whose subscription the server has ended, with the code. */
  left(): readonly (readonly [channel: string, code: string])[];
}

/** One node with channels from SQL, and a transport without a network. */
export interface SqlNode {
  /** The node. */
  readonly realtime: Realtime;
  /** What the database gives it. */
  readonly channels: SqlChannels;
  /** What it has observed. */
  readonly observer: RecordingObserver;
  /** The token is the user's id; without one the client is anonymous. */
  enter(userId?: string): SqlNodeClient;
}

/** Opens a node on a database; it closes with the test. */
export async function openSqlNode(
  client: SqlClient,
  options: Omit<Partial<SqlChannelsOptions>, "client"> = {},
): Promise<SqlNode> {
  const channels = createSqlChannels({ client, ...options });
  const observer = new RecordingObserver();
  const realtime = createRealtime({
    authenticator: { authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }) },
    registry: channels.registry,
    guards: [channels.guard],
    broker: channels.follow(new InProcessBroker()),
    observers: [observer],
  });
  const server = new InMemoryRealtimeServer();
  await channels.start();
  await realtime.serve(server);
  onTestFinished(async () => {
    await channels.close();
    await realtime.close();
  });
  return { realtime, channels, observer, enter: (userId) => enter(server, userId) };
}

function enter(server: InMemoryRealtimeServer, token: string | undefined): SqlNodeClient {
  const frames: ServerFrame[] = [];
  const { send } = server.connect({ onFrame: (frame) => frames.push(frame) }, { token });
  let requests = 0;
  async function request(frame: Frame): Promise<ServerFrame> {
    const { id = `q${(requests += 1)}` } = frame;
    send({ ...frame, id });
    const isReply = (each: ServerFrame) => each.type === "reply" && each.id === id;
    await expect.poll(() => frames.some(isReply), { interval: 2 }).toBe(true);
    return frames.find(isReply) ?? expect.unreachable();
  }
  return {
    frames,
    request,
    subscribe: (channel) => request({ type: "subscribe", channel }),
    publish: (channel, event, payload) => request({ type: "message", channel, event, payload }),
    left: () => frames.flatMap((frame) => (frame.type === "left" ? [[frame.channel, frame.error.code] as const] : [])),
  };
}
