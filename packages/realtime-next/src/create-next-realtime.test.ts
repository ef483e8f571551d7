import { defineRealtimeChannel, InProcessBroker, type IRealtimeBroker } from "@repo/core-realtime";
import { anonymous } from "@repo/core-testing";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { createNextRealtime, type NextRealtime, type NextRealtimeOptions } from "./index.js";

const noteChannel = defineRealtimeChannel({
  name: "notes.{noteId}",
  scope: "public",
  payload: z.object({ text: z.string() }),
});
afterEach(() => {
  vi.unstubAllEnvs();
});

let names = 0;
const newName = () => `test-${++names}`; // the process remembers each

function setUp(options: Partial<NextRealtimeOptions>): NextRealtime {
  return createNextRealtime({
    authenticator: anonymous,
    setup: ({ registry }) => registry.registerChannel(noteChannel),
    ...options,
  });
}

it("is one server however often the module is loaded, and another one under another name", () => {
  const name = newName();
  const first = setUp({ name });
  expect(setUp({ name }).realtime).toBe(first.realtime);
  expect(setUp({ name: newName() }).realtime).not.toBe(first.realtime);
});

it("keeps the first handlers in production", () => {
  const name = newName();
  setUp({ name });
  vi.stubEnv("NODE_ENV", "production");
  const setup = vi.fn();
  setUp({ name, setup });
  expect(setup).not.toHaveBeenCalled();
});

it("refuses to be set up without channels, and says what to do", () => {
  expect(() => createNextRealtime({ authenticator: anonymous } as unknown as NextRealtimeOptions)).toThrow(
    "createNextRealtime: setup is missing; register your channels in setup: ({ registry }) => { … }.",
  );
});

it("is set up by the next load where the first one failed, in production too", () => {
  const name = newName();
  vi.stubEnv("NODE_ENV", "production");
  const failing = () => {
    throw new Error("no such module");
  };
  expect(() => setUp({ name, setup: failing })).toThrow("no such module");
  expect(setUp({ name }).realtime.registry.listChannels()).toEqual([noteChannel]);
});

it("begins to serve with the next request where the broker let nobody in at first", async () => {
  const inner = new InProcessBroker();
  let isAway = true;
  const broker: IRealtimeBroker = {
    join: async (...given) => (isAway ? Promise.reject(new Error("The broker is away.")) : inner.join(...given)),
    close: () => inner.close(),
  };
  const { GET, realtime } = setUp({
    name: newName(),
    broker,
    observers: [{ kinds: ["failed"], observe: () => undefined }],
  });
  onTestFinished(() => realtime.close({ drainMs: 1 }));
  const request = () => new Request("http://localhost/realtime", { headers: { accept: "text/event-stream" } });
  await expect(GET(request())).rejects.toThrow();
  isAway = false;
  const response = await GET(request());
  expect(response.status).toBe(200);
  await response.body?.cancel();
});

it.each(["development", "production"])("is one server for two copies of this module in %s", async (environment) => {
  vi.stubEnv("NODE_ENV", environment);
  const name = newName();
  const { realtime } = setUp({ name });
  vi.resetModules();
  const copy = await import("./index.js");
  expect(copy.createNextRealtime).not.toBe(createNextRealtime);
  const setup = vi.fn<NextRealtimeOptions["setup"]>(({ registry }) => registry.registerChannel(noteChannel));
  expect(copy.createNextRealtime({ authenticator: anonymous, name, setup }).realtime).toBe(realtime);
  expect(setup).toHaveBeenCalledTimes(environment === "production" ? 0 : 1);
});
