import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeObserver, type ServerFrame } from "../index.js";
import { withFailureLog } from "./failure-log.js";
import { createRealtime, InMemoryRealtimeServer, type RealtimeOptions } from "./index.js";
import { systemClock } from "./system-clock.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.string(), inbound: z.string() });
const BROKEN = new Error("no such table");

/** A server that sets nothing but what it must, and what it has written to the console. */
async function serverOf(options: Partial<RealtimeOptions> = {}) {
  const written = vi.spyOn(console, "error").mockImplementation(() => undefined);
  onTestFinished(() => written.mockRestore());
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, ...options });
  const server = new InMemoryRealtimeServer();
  realtime.registry.register(room, () => {
    throw BROKEN;
  });
  await realtime.serve(server);
  const enter = (headers: Readonly<Record<string, string>> = {}) => {
    const frames: ServerFrame[] = [];
    const { send } = server.connect({ onFrame: (frame) => frames.push(frame) }, { headers });
    return { send, frames };
  };
  return { written: written.mock.calls, enter };
}

it("writes what a handler throws to the console, where no observer is set", async () => {
  const { written, enter } = await serverOf();
  const { send, frames } = enter();
  send({ type: "subscribe", channel: "room", id: "1" });
  send({ type: "message", channel: "room", payload: "x", id: "2" });
  await expect.poll(() => JSON.stringify(frames)).toContain("HANDLER_FAILED");
  expect(written).toEqual([["realtime: handler failed on room.", BROKEN]]);
  expect(JSON.stringify(frames)).not.toContain("no such table");
});

it("writes what an authenticator and a guard throw", async () => {
  const authenticator = {
    authenticate() {
      throw BROKEN;
    },
  };
  const { written, enter } = await serverOf({ authenticator });
  enter();
  await expect.poll(() => written).toEqual([["realtime: gate failed.", BROKEN]]);
  const guarded = await serverOf({ guards: [{ connect: authenticator.authenticate }] });
  guarded.enter();
  await expect.poll(() => guarded.written).toContainEqual(["realtime: gate failed.", BROKEN]);
});

it("writes which origin was refused, and how to allow it", async () => {
  const { written, enter } = await serverOf();
  const page = { origin: "http://localhost:5173", host: "localhost:3000" };
  expect(() => enter(page)).toThrow("Pages of this origin may not connect here.");
  expect(written).toEqual([
    [
      'realtime: Refused origin "http://localhost:5173". Allow it with createRealtime({ origins: ["http://localhost:5173"] }).',
    ],
  ]);
});

it("writes nothing of what clients alone have done wrong, nor where an observer takes failures", async () => {
  const { written, enter } = await serverOf();
  const { send, frames } = enter();
  send({ type: "subscribe", channel: "nowhere", id: "1" });
  await expect.poll(() => JSON.stringify(frames)).toContain("CHANNEL_UNKNOWN");
  expect(written).toEqual([]);
  const own: IRealtimeObserver = { kinds: ["failed"], observe: () => undefined };
  expect(withFailureLog([own], systemClock)).toEqual([own]);
  const blind: IRealtimeObserver = { kinds: ["subscribed"], observe: () => undefined };
  expect(withFailureLog([blind], systemClock)).toHaveLength(2);
});

it("writes 20 lines at once and then one a second, and counts those it leaves out", () => {
  let now = 0;
  const lines: unknown[] = [];
  const clock = { ...systemClock, monotonic: () => now };
  const [log] = withFailureLog([], clock, (line) => lines.push(line));
  const fail = (times: number) => {
    for (let n = 0; n < times; n += 1) log?.observe({ kind: "failed", where: "handler", cause: BROKEN });
  };
  fail(1_000);
  expect(lines).toHaveLength(20);
  now = 1_000;
  fail(1_000);
  expect(lines.slice(20)).toEqual(["realtime: handler failed. (980 more were not written)"]);
});
