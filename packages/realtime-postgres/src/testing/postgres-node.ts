import type {
  EnvelopeFrame,
  RealtimeChannel,
  ReplyFrame,
  ServerFrame,
  SubscribeFrame,
  WireError,
} from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer, type InMemoryClient, type Realtime } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { expect, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import {
  createPostgresRealtime,
  type PostgresRealtime,
  type PostgresRealtimeOptions,
} from "../create-postgres-realtime.js";

/** One node over Postgres and a transport without a network, closed when the test has finished. */
export interface PostgresNode {
  readonly realtime: Realtime;
  readonly postgres: PostgresRealtime;
  readonly observer: RecordingObserver;
  /** A client that is subscribed to these channels. */
  subscriber(...channels: readonly string[]): Promise<ChannelReader>;
  /** A client that is subscribed to nothing yet. */
  client(): ChannelReader;
  close(): Promise<void>;
}

export async function openNode(
  client: SqlClient,
  channels: readonly RealtimeChannel[],
  options: Partial<PostgresRealtimeOptions> = {},
): Promise<PostgresNode> {
  const observer = new RecordingObserver();
  const postgres = createPostgresRealtime({ client, nodes: "one", observers: [observer], ...options });
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, ...postgres });
  for (const channel of channels) realtime.registry.registerChannel(channel);
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= realtime.close().then(() => postgres.close()));
  onTestFinished(close);
  return {
    realtime,
    postgres,
    observer,
    close,
    client: () => new ChannelReader(server),
    async subscriber(...names) {
      const reader = new ChannelReader(server);
      for (const name of names) await reader.subscribe({ channel: name });
      return reader;
    },
  };
}

/** What one client receives. */
export class ChannelReader {
  readonly frames: ServerFrame[] = [];
  readonly #client: InMemoryClient;
  #requests = 0;

  constructor(server: InMemoryRealtimeServer) {
    this.#client = server.connect({ onFrame: (frame) => void this.frames.push(frame) });
  }

  /** Resolves with the reply; rejects where it is a refusal. */
  async subscribe(request: Omit<SubscribeFrame, "type" | "id">): Promise<ServerFrame> {
    const reply = await this.#request(request);
    if (reply.ok) return reply;
    throw new Error(`Subscribing to ${request.channel} was refused: ${reply.error.message}`);
  }

  /** Subscribes, and is refused. */
  async refusal(channel: string): Promise<WireError> {
    const reply = await this.#request({ channel });
    if (!reply.ok) return reply.error;
    throw new Error(`Subscribing to ${channel} was to be refused.`);
  }

  /** Sends a message, and does not wait for its reply. */
  publish(channel: string, event: string, payload: unknown): void {
    this.#client.send({ type: "message", id: `q${(this.#requests += 1)}`, channel, event, payload });
  }

  messages(channel?: string): readonly EnvelopeFrame[] {
    return this.frames.filter(
      (frame): frame is EnvelopeFrame =>
        frame.type === "message" && (channel === undefined || frame.channel === channel),
    );
  }

  /** Resolves with the first messages, when there are so many. */
  async received(count: number): Promise<readonly EnvelopeFrame[]> {
    await expect.poll(() => this.messages().length, { interval: 5 }).toBeGreaterThanOrEqual(count);
    return this.messages();
  }

  async #request(request: Omit<SubscribeFrame, "type" | "id">): Promise<ReplyFrame> {
    const id = `q${(this.#requests += 1)}`;
    this.#client.send({ type: "subscribe", id, ...request });
    const reply = () => this.frames.find((frame): frame is ReplyFrame => frame.type === "reply" && frame.id === id);
    await expect.poll(reply, { interval: 5 }).toBeDefined();
    return reply() ?? Promise.reject(new Error("No reply."));
  }
}
