import { noopLogger, noopTracer } from "@repo/core-observability";
import { RecordingLogger, RecordingTracer } from "@repo/core-observability/testing";
import { createRealtimeHarness, RecordingEventBus } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { bindDevSeedPing, bindProductionPing, pingChannels, realtimePingChannel } from "../index";

const bus = new RecordingEventBus();

const own = pingChannels.filter(({ name }) => !name.startsWith("presence:")); // createPresence registers those

it.each([
  ["production", bindProductionPing],
  ["development", bindDevSeedPing],
])("registers every channel of the feature for %s, and takes it all back", async (_where, bind) => {
  const harness = await createRealtimeHarness();
  onTestFinished(() => harness.close());
  const { registry, broadcaster: realtime } = harness.realtime;
  const undo = bind({ registry, realtime, bus, tracer: noopTracer, logger: noopLogger });
  expect(new Set(registry.listChannels())).toEqual(new Set(own));
  undo();
  expect(registry.listChannels()).toEqual([]);
});

it.each([
  ["production", bindProductionPing],
  ["development", bindDevSeedPing],
])("lets a visitor ping in %s: replied to, broadcast, traced by name", async (_where, bind) => {
  const tracer = new RecordingTracer();
  const harness = await createRealtimeHarness({
    handlers: ({ registry, broadcaster }) =>
      void bind({ registry, realtime: broadcaster, bus, tracer, logger: new RecordingLogger() }),
  });
  onTestFinished(() => harness.close());
  const [visitor, listener] = [await harness.client(), await harness.client()];
  await visitor.subscribe(realtimePingChannel);
  await listener.subscribe(realtimePingChannel);
  await expect(visitor.send(realtimePingChannel, "ping", { nonce: "n" })).resolves.toEqual({ nonce: "n" });
  await expect(listener.nextMessage(realtimePingChannel)).resolves.toMatchObject({
    event: "pinged",
    payload: { nonce: "n" },
  });
  expect(tracer.spans).toMatchObject([{ op: "realtime-handler", name: "ping.on-realtime-ping", ends: 1 }]);
});
