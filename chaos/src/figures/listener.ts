import { createRealtimeClient, type RealtimeClientOptions } from "@repo/realtime-client";
import type { ChaosTransport } from "../chaos-transport";
import { news } from "../node-on-all-transports";

/** Where a listener connects, and how. */
export interface ListenerOptions extends Partial<RealtimeClientOptions> {
  readonly port: number;
  readonly transport: ChaosTransport;
}

/** The library's client on the news, and what it received: numbers, and "gap" where it received a gap. */
export function listen({ port, transport, ...options }: ListenerOptions) {
  const client = createRealtimeClient({
    url: `http://127.0.0.1:${port}/realtime`,
    transports: [transport.ofLibrary],
    ...options,
  });
  const received: (number | "gap")[] = [];
  const handle = client.channel(news);
  handle.subscribe({ message: ({ payload }) => received.push(payload), gap: () => received.push("gap") });
  return { client, handle, received, isIn: () => handle.status === "subscribed" };
}

export type Listener = ReturnType<typeof listen>;

/** A clock that goes by faster, for a client that would wait nine seconds for a dead connection. */
export function fasterClock(times: number): NonNullable<RealtimeClientOptions["clock"]> {
  return {
    now: () => Date.now() * times,
    after(ms, run) {
      const timer = setTimeout(run, ms / times);
      return () => clearTimeout(timer);
    },
  };
}

/** The mistakes in a listener's record: numbers that are missing without a gap, and numbers that came twice. */
export function flawsIn(received: readonly (number | "gap")[]) {
  let next: number | undefined;
  let silent = 0;
  let doubled = 0;
  for (const one of received) {
    if (one === "gap") {
      next = undefined;
      continue;
    }
    if (next !== undefined && one > next) silent += one - next;
    if (next !== undefined && one < next) doubled += 1;
    next = Math.max(one + 1, next ?? 0);
  }
  return { silent, doubled, reported: received.filter((one) => one === "gap").length };
}
