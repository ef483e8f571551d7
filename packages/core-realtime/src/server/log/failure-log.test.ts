import { beforeEach, expect, it, vi } from "vitest";
import { RealtimeError } from "../../index.js";
import { systemClock } from "../system-clock.js";
import { FailureLog } from "./failure-log.js";
import { BROKEN, capturedConsole, serverOf } from "./log-under-test.js";
import { writeToConsole } from "./log-writer.js";

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "production");
  return () => vi.unstubAllEnvs();
});

const channels = { resolve: () => undefined, listChannels: () => [] };

it("writes failures to the console where no observer takes them, and nothing of what only clients did wrong", async () => {
  const written = capturedConsole();
  const { enter } = await serverOf();
  const { send, frames } = enter();
  send({ type: "subscribe", channel: "nowhere", id: "1" });
  send({ type: "subscribe", channel: "rooms.shut", id: "2" });
  await expect.poll(() => JSON.stringify(frames)).toContain("INTERNAL_ERROR");
  expect(written).toEqual([expect.stringContaining('realtime: opening failed on "rooms.{roomId}".')]);
  expect(written[0]).toContain("Error: no such table\n");
});

it("gives failures to onError with their place, and is silent then", async () => {
  const written = capturedConsole();
  const onError = vi.fn();
  const { enter } = await serverOf({ onError });
  const { send } = enter();
  send({ type: "subscribe", channel: "rooms.shut", id: "1" });
  send({ type: "subscribe", channel: "rooms.7", id: "2" });
  send({ type: "message", channel: "rooms.7", payload: "x", id: "3" });
  await expect
    .poll(() => onError.mock.calls)
    .toEqual([
      [{ where: "opening", channel: "rooms.shut", cause: BROKEN }],
      [{ where: "handler", channel: "rooms.7", cause: BROKEN }],
    ]);
  expect(written).toEqual([]);
});

it("writes to the logger although an observer takes failures", async () => {
  const logger = { warn: vi.fn(), error: vi.fn() };
  const { enter } = await serverOf({ logger, observers: [{ observe: () => undefined }] });
  expect(() => enter({ origin: "https://evil.example", host: "app.example" })).toThrow();
  expect(logger.warn.mock.calls).toEqual([[{}, expect.stringContaining("Refused origin https://evil.example.")]]);
});

it("leaves out the other properties of an error, where tokens and rows are", () => {
  const written = capturedConsole();
  const cause = Object.assign(new Error("request failed"), { config: { headers: { authorization: "Bearer s3cret" } } });
  return serverOf({ authenticator: { authenticate: () => Promise.reject(cause) } }).then(async ({ enter }) => {
    enter();
    await expect.poll(() => written).toEqual([expect.stringContaining("request failed")]);
    expect(written[0]).not.toContain("s3cret");
  });
});

it("writes 20 lines at once and then one a second, and counts those it leaves out", () => {
  let now = 0;
  const lines: string[] = [];
  const clock = { ...systemClock, monotonic: () => now };
  const log = new FailureLog({ clock, channels, write: ({ sentence }) => lines.push(sentence) });
  const refuse = (times: number) => {
    const error = new RealtimeError("ORIGIN_REFUSED", { detail: "https://evil.example" });
    for (let n = 0; n < times; n += 1) log.observe({ kind: "refused", connection: undefined, error });
  };
  refuse(1_000);
  expect(lines).toHaveLength(20);
  now = 1_000;
  refuse(1_000);
  expect(lines.slice(20)).toEqual([expect.stringMatching(/^Refused origin .*\(980 more were not written\)$/)]);
});

it("writes failures although foreign pages have used up the lines for refused origins", () => {
  const write = vi.fn();
  const log = new FailureLog({ clock: systemClock, channels, write });
  const error = new RealtimeError("ORIGIN_REFUSED", { detail: "https://evil.example" });
  for (let n = 0; n < 100; n += 1) log.observe({ kind: "refused", connection: undefined, error });
  const before = write.mock.calls.length;
  log.observe({ kind: "failed", where: "handler", cause: BROKEN });
  expect(before).toBeLessThan(30);
  expect(write.mock.calls.length).toBe(before + 1);
});

it("indents the lines of an error's message, so that a client cannot forge a line of the log", async () => {
  const written = capturedConsole();
  const log = new FailureLog({ clock: systemClock, channels, write: writeToConsole });
  const cause = new Error("no order 7\nrealtime: Refused origin http://a. Allow it");
  log.observe({ kind: "failed", where: "handler", cause });
  expect(
    written
      .join("\n")
      .split("\n")
      .filter((line) => line.startsWith("realtime: ")),
  ).toHaveLength(1);
});
