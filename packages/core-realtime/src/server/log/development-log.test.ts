import { beforeEach, expect, it, vi } from "vitest";
import { RealtimeError } from "../../index.js";
import { DevelopmentLog } from "./development-log.js";
import { BROKEN, capturedConsole, room, serverOf } from "./log-under-test.js";

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "development");
  return () => vi.unstubAllEnvs();
});

const fail = () => {
  throw BROKEN;
};

it("writes once what a handler throws, with its stack and without the payload or the parameters", async () => {
  const written = capturedConsole();
  const { enter } = await serverOf();
  for (const roomId of ["my-secret-room", "other"]) {
    const { send, frames } = enter();
    send({ type: "subscribe", channel: `rooms.${roomId}`, id: "1" });
    send({ type: "message", channel: `rooms.${roomId}`, payload: "pass-word", id: "2" });
    await expect.poll(() => JSON.stringify(frames)).toContain("HANDLER_FAILED");
    expect(JSON.stringify(frames)).not.toContain("no such table");
  }
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(
    /^realtime: handler failed on "rooms\.\{roomId\}"\. The client received HANDLER_FAILED\. To refuse .*\nError: no such table\n +at .*log-under-test/,
  );
  expect(written[0]).not.toMatch(/my-secret-room|pass-word|s3cret/);
});

it.each([
  ["authenticator", { authenticator: { authenticate: fail } }, "authenticator failed. The connection was closed"],
  ["asynchronous authenticator", { authenticator: { authenticate: async () => fail() } }, "authenticator failed."],
  ["guard at the connect", { guards: [{ name: "tickets", connect: fail }] }, `guard "tickets" failed. The request`],
  ["guard at the subscribe", { guards: [{ subscribe: async () => fail() }] }, `guard failed on "rooms.{roomId}".`],
  ["opening", {}, `opening failed on "rooms.{roomId}". The subscribe was refused`],
])("names the %s that throws", async (_, options, sentence) => {
  const written = capturedConsole();
  const { enter } = await serverOf(options);
  enter().send({ type: "subscribe", channel: "rooms.shut", id: "1" });
  await expect.poll(() => written).toEqual([expect.stringContaining(sentence)]);
  expect(written[0]).toContain("Error: no such table\n");
});

it("writes which origin was refused, and how to allow it, once", async () => {
  const written = capturedConsole();
  const { enter } = await serverOf();
  const page = { origin: "http://localhost:5173", host: "localhost:3000" };
  for (const _ of [1, 2]) expect(() => enter(page)).toThrow("Pages of this origin may not connect here.");
  expect(written).toEqual([
    'realtime: Refused origin http://localhost:5173. Allow it with createRealtime({ origins: ["http://localhost:5173"] }). ' +
      "That list replaces the default: add the origin of your own pages to it.",
  ]);
});

it("names the channels nearest to an unknown one, and hints that it may not be bound", async () => {
  const written = capturedConsole();
  const { enter } = await serverOf();
  enter().send({ type: "subscribe", channel: "room.7", id: "1" });
  await expect
    .poll(() => written)
    .toEqual([
      `realtime: Refused "room.7" with CHANNEL_UNKNOWN: this server has no such channel. Did you mean "rooms.{roomId}"? ` +
        "Did you bind it? Call realtime.registry.registerChannel(channel), or register(channel, handler), in this process.",
    ]);
});

it("escapes and cuts what a client has chosen", async () => {
  const written = capturedConsole();
  const { enter } = await serverOf();
  enter().send({ type: "subscribe", channel: `\u001b[2J\u202e${"x".repeat(400)}`, id: "1" });
  await expect.poll(() => written.length).toBe(1);
  expect(written[0]).toMatch(/^realtime: Refused "\\u001b\[2J\\u202ex{100,120}\\u2026"/);
  expect(written[0]).toMatch(/^[\x20-\x7e]+$/);
});

it("writes and remembers 50 places of a kind at most, and none of another kind less", () => {
  const lines: string[] = [];
  const channels = { resolve: () => undefined, listChannels: () => [] };
  const log = new DevelopmentLog({ channels, write: ({ sentence }) => lines.push(sentence), instance: undefined });
  for (let n = 0; n < 1_000; n += 1) log.observe({ kind: "failed", where: `place ${n}`, cause: "broken" });
  expect(lines).toHaveLength(50);
  expect(lines.at(-1)).toBe("place 49 failed. (More of this kind are not written until the process restarts.)");
  log.observe({ kind: "refused", connection: undefined, error: new RealtimeError("CHANNEL_UNKNOWN", { detail: "x" }) });
  expect(lines).toHaveLength(51);
});

it("reports an instance that publishes without clients while clients are connected to another one", async () => {
  const written = capturedConsole();
  const [served, twin] = [await serverOf(), await serverOf()];
  await twin.realtime.broadcaster.broadcast(room.at({ roomId: "7" }), "without clients");
  expect(written).toEqual([]); // no client is connected to any instance
  const { frames } = served.enter();
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  await served.realtime.broadcaster.broadcast(room.at({ roomId: "7" }), "to a client");
  for (const _ of [1, 2]) await twin.realtime.broadcaster.broadcast(room.at({ roomId: "7" }), "without clients");
  expect(written).toEqual([expect.stringMatching(/^realtime: Published on "rooms\.\{roomId\}" by an instance that no client has ever connected to;.*created at .*log-under-test.*the other at .*log-under-test.*globalThis\.realtime \?\?= createRealtime/)]); // prettier-ignore
  await served.realtime.close();
  const third = await serverOf();
  await third.realtime.broadcaster.broadcast(room.at({ roomId: "7" }), "after the other was closed");
  expect(written).toHaveLength(1);
});

it("is silent where an observer takes failures, and writes to the logger where there is one", async () => {
  const written = capturedConsole();
  const quiet = await serverOf({ observers: [{ observe: () => undefined }] });
  quiet.enter().send({ type: "subscribe", channel: "nowhere", id: "1" });
  const logger = { warn: vi.fn(), error: vi.fn() };
  const logged = await serverOf({ observers: [{ observe: () => undefined }], logger });
  const { send, frames } = logged.enter();
  send({ type: "subscribe", channel: "nowhere", id: "1" });
  send({ type: "subscribe", channel: "rooms.shut", id: "2" });
  await expect.poll(() => JSON.stringify(frames)).toContain("INTERNAL_ERROR");
  expect(logger.warn.mock.calls).toEqual([[{}, expect.stringContaining("CHANNEL_UNKNOWN")]]);
  expect(logger.error.mock.calls).toEqual([[{ err: BROKEN }, expect.stringContaining("opening failed")]]);
  expect(written).toEqual([]);
});
