import { FakeClock } from "@repo/core-testing";
import { vi } from "vitest";
import { createRealtimeClient, type RealtimeClientOptions } from "../index.js";
import { ScriptedTransport } from "./scripted-transport.js";
import type { TestChannels } from "./test-channels.js";

/** A whole client whose server and clock are controlled by the test. */
export function scriptedClient(options: Partial<RealtimeClientOptions> = {}) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport();
  const onError = vi.fn();
  const rest = { clock, random: () => 0.5, onError, ...options };
  const client = createRealtimeClient<TestChannels>({ url: "/realtime", transports: [transport], ...rest });
  return {
    client,
    clock,
    transport,
    onError,
    /** Connects and passes gate 1. */
    async connect(userId: string | null = "mia") {
      client.connect();
      await clock.advanceAsync(0);
      transport.link.welcome(userId);
    },
    /** Breaks the link and passes gate 1 again on the next one. */
    async reconnect(userId: string | null = "mia") {
      transport.link.break(1006);
      await clock.advanceAsync(500);
      transport.link.welcome(userId);
    },
  };
}

/** The outcome of a promise that should have settled by now, as an object. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  const outcome = promise.then(
    (value) => ({ resolved: value }),
    (error: { readonly code?: string }) => ({ rejected: error.code ?? error }),
  );
  return Promise.race([outcome, new Promise((resolve) => setImmediate(() => resolve("pending")))]);
}
