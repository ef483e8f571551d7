import { defineRealtimeChannel } from "@repo/core-realtime";
import { anonymous } from "@repo/core-testing";
import { afterEach, expect, it, vi } from "vitest";
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
