import { defineRealtimeChannel, RealtimeError } from "@repo/core-realtime";
import { RecordingLogger } from "@repo/core-observability/testing";
import { createRealtimeHarness } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { LogObserver } from "./log-observer";

const channel = defineRealtimeChannel({
  name: "fragile",
  scope: { role: "member" },
  payload: z.object({}),
  inbound: z.object({}),
});
const boom = new Error("boom");

async function wired() {
  const logger = new RecordingLogger();
  const harness = await createRealtimeHarness({
    observers: [new LogObserver(logger)],
    handlers: ({ registry }) =>
      void registry.register(channel, () => {
        throw boom;
      }),
    users: { ada: { userId: "ada", roles: ["member"] } },
  });
  onTestFinished(() => harness.close());
  return { harness, logger, messages: () => logger.entries.map(({ level, message }) => `${level} ${message}`) };
}

it("writes down who came and what was refused, with the code", async () => {
  const { harness, logger, messages } = await wired();
  const visitor = await harness.client();
  await expect(visitor.subscribe(channel)).rejects.toThrow();
  expect(messages()).toEqual(["info realtime: connected", "info realtime: You may not use this channel. (fragile)"]);
  expect(logger.entries[1]?.fields).toMatchObject({
    code: "UNAUTHORIZED",
    connectionId: visitor.connected.connectionId,
  });
});

it("writes down a failure as an error, with its cause", async () => {
  const { harness, logger } = await wired();
  const ada = await harness.client("ada");
  await ada.subscribe(channel);
  await expect(ada.send(channel, {})).rejects.toMatchObject({ code: "HANDLER_FAILED" });
  const errors = logger.entries.filter(({ level }) => level === "error");
  expect(errors.map(({ fields }) => fields["err"])).toEqual([boom]);
});

it("writes down who was refused before there was a connection, by origin and address", () => {
  const logger = new RecordingLogger();
  const handshake = { transport: "ws", url: "/", remoteAddress: "203.0.113.7", origin: "https://evil.example" };
  const error = new RealtimeError("ORIGIN_REFUSED");
  new LogObserver(logger).observe({ kind: "refused", connection: undefined, error, handshake });
  expect(logger.entries[0]?.fields).toEqual({
    code: "ORIGIN_REFUSED",
    transport: "ws",
    origin: "https://evil.example",
    remoteAddress: "203.0.113.7",
  });
});
