// A process of WebSocket clients that measure how long ago each message was sent.
import { WebSocket } from "ws";

export interface SubscribersSetUp {
  readonly url: string;
  readonly protocol?: string;
  /** How many, spread evenly over this many rooms. */
  readonly clients: number;
  readonly rooms: number;
  readonly kind: "fourgate" | "echo";
}

/** In µs, ascending. */
export interface DelayReport {
  readonly delays: readonly number[];
}

const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
const setUp = JSON.parse(process.argv[2] ?? "{}") as SubscribersSetUp;
let delays: number[] = [];

function open(index: number): Promise<void> {
  const room = `bench:${index % setUp.rooms}`;
  const socket =
    setUp.kind === "echo" ? new WebSocket(`${setUp.url}/${room}`) : new WebSocket(setUp.url, setUp.protocol);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    if (setUp.kind === "echo") socket.once("open", resolve);
    socket.on("message", (data) => {
      const text = String(data);
      const sent = /"sent":\s*(\d+)/.exec(text)?.[1];
      if (sent !== undefined) return void delays.push(nowUs() - Number(sent));
      const frame = JSON.parse(text) as { readonly type?: string; readonly ok?: boolean };
      if (frame.type === "connected") socket.send(JSON.stringify({ type: "subscribe", id: "s", channel: room }));
      if (frame.type === "ping") socket.send(JSON.stringify({ type: "pong" }));
      if (frame.type === "reply") return frame.ok ? resolve() : reject(new Error(text));
    });
  });
}

for (let from = 0; from < setUp.clients; from += 50) {
  const some = Array.from({ length: Math.min(50, setUp.clients - from) }, (_, at) => open(from + at));
  await Promise.all(some);
}
process.on("message", () => {
  process.send?.({ delays: delays.toSorted((a, b) => a - b) } satisfies DelayReport);
  delays = [];
});
process.on("disconnect", () => process.exit(0));
process.send?.({});
