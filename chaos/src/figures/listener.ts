import { createRealtimeClient, type RealtimeClientOptions } from "@repo/realtime-client";
import type { ChaosTransport } from "../chaos-transport";
import { news } from "../node-on-all-transports";

/** Where somebody listens, and how. */
export interface ListenerOptions extends Partial<RealtimeClientOptions> {
  readonly port: number;
  readonly transport: ChaosTransport;
}

/** The library's client on the news, and what it heard: numbers, and "gap" where it was told that something is missing. */
export function listen({ port, transport, ...options }: ListenerOptions) {
  const client = createRealtimeClient({
    url: `http://127.0.0.1:${port}/realtime`,
    transports: [transport.ofLibrary],
    ...options,
  });
  const heard: (number | "gap")[] = [];
  const handle = client.channel(news);
  handle.subscribe({ message: ({ payload }) => heard.push(payload), gap: () => heard.push("gap") });
  return { client, handle, heard, isIn: () => handle.status === "subscribed" };
}

export type Listener = ReturnType<typeof listen>;

/** A clock that goes by faster, for a client that would wait nine seconds for a dead line. */
export function fasterClock(times: number): NonNullable<RealtimeClientOptions["clock"]> {
  return {
    now: () => Date.now() * times,
    after(ms, run) {
      const timer = setTimeout(run, ms / times);
      return () => clearTimeout(timer);
    },
  };
}

/** How often a listener's story is broken without a word: numbers that are missing though no gap was told, and numbers that came again. */
export function flawsIn(heard: readonly (number | "gap")[]) {
  let next: number | undefined;
  let silent = 0;
  let doubled = 0;
  for (const one of heard) {
    if (one === "gap") {
      next = undefined;
      continue;
    }
    if (next !== undefined && one > next) silent += one - next;
    if (next !== undefined && one < next) doubled += 1;
    next = Math.max(one + 1, next ?? 0);
  }
  return { silent, doubled, told: heard.filter((one) => one === "gap").length };
}
