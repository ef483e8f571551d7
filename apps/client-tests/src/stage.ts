import type { RealtimeChannel } from "@repo/core-realtime";
import { createRealtimeClient, type RealtimeClient, type RealtimeClientOptions } from "@repo/realtime-client";
import { afterEach } from "vitest";
import type { LabChannels } from "./lab-channels.js";
import { ServerUnderTest } from "./server-under-test.js";
import { nodeWs } from "./transports-under-test.js";

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server that is up; ends with the test. */
export async function serverUp(...options: ConstructorParameters<typeof ServerUnderTest>): Promise<ServerUnderTest> {
  const server = new ServerUnderTest(...options);
  cleanups.push(() => server.close());
  await server.start();
  return server;
}

/** A client of it, as mia by default; ends with the test. */
export function clientOf<Channels extends RealtimeChannel = LabChannels>(
  { origin }: ServerUnderTest,
  options: Partial<RealtimeClientOptions> = {},
): RealtimeClient<Channels> {
  const client = createRealtimeClient<Channels>({
    url: `${origin}/realtime`,
    transports: [nodeWs()],
    auth: () => "mia",
    random: () => 0.1, // back soon: no other client is here
    ...options,
  });
  cleanups.push(() => client.disconnect());
  return client;
}

/** Subscribes to the log; what was received, "GAP" where something is missing. */
export function listenTo(client: RealtimeClient<LabChannels>, logId = "1") {
  const received: (number | "GAP")[] = [];
  const handle = client.channel("logs.{logId}", { logId });
  handle.subscribe({ message: ({ payload }) => received.push(payload.n), gap: () => received.push("GAP") });
  return { handle, received };
}

/** 1 to n. */
export function upTo(n: number): readonly number[] {
  return Array.from({ length: n }, (_, index) => index + 1);
}
