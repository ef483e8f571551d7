import type { FeatureNames } from "../feature/names.js";

/** Binds a new feature for real, and takes it back. */
export function bindTestTemplate({ channels, bindProduction, bindDevSeed }: FeatureNames): string {
  return `import { noopLogger, noopTracer } from "@repo/core-observability";
import type { RealtimeChannel } from "@repo/core-realtime";
import { createRealtimeHarness, RecordingEventBus } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { ${bindDevSeed}, ${bindProduction}, ${channels} } from "../index";

it.each([
  ["production", ${bindProduction}],
  ["development", ${bindDevSeed}],
])("registers every channel of the feature for %s, and takes it all back", async (_where, bind) => {
  const harness = await createRealtimeHarness();
  onTestFinished(() => harness.close());
  const { registry, broadcaster: realtime } = harness.realtime;
  const own: readonly RealtimeChannel[] = ${channels};
  const undo = bind({ registry, realtime, bus: new RecordingEventBus(), tracer: noopTracer, logger: noopLogger });
  const isPresence = ({ name }: RealtimeChannel) => name.startsWith("presence:"); // createPresence registers those
  expect(new Set(registry.listChannels())).toEqual(new Set(own.filter((channel) => !isPresence(channel))));
  undo();
  expect(registry.listChannels()).toEqual([]);
});
`;
}
