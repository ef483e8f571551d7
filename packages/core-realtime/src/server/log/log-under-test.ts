import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type ServerFrame } from "../../index.js";
import { createRealtime, InMemoryRealtimeServer, type RealtimeOptions } from "../index.js";

export const room = defineRealtimeChannel({
  name: "rooms.{roomId}",
  scope: "public",
  payload: z.string(),
  inbound: z.string(),
});
export const BROKEN = new Error("no such table");

/** Captures what is written to the console until the test ends. */
export function capturedConsole(): string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(console, "error").mockImplementation((...line) => void lines.push(line.map(String).join(" ")));
  onTestFinished(() => spy.mockRestore());
  return lines;
}

/** A server that sets nothing but what it must, whose handler throws. */
export async function serverOf(options: Partial<RealtimeOptions> = {}) {
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, ...options });
  onTestFinished(() => realtime.close());
  const server = new InMemoryRealtimeServer();
  realtime.registry.register(room, {
    handler() {
      throw BROKEN;
    },
    opening({ params }) {
      if (params.roomId === "shut") throw BROKEN;
      return undefined;
    },
  });
  await realtime.serve(server);
  const enter = (headers: Readonly<Record<string, string>> = {}) => {
    const frames: ServerFrame[] = [];
    const { send } = server.connect({ onFrame: (frame) => frames.push(frame) }, { headers, token: "s3cret" });
    return { send, frames };
  };
  return { realtime, enter };
}
