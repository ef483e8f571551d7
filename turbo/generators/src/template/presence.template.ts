import type { ChannelSeed } from "./channel.template.js";
import { sampleAddress } from "./sample-address.js";

/** Who is on a channel, and what each of them does. */
export function presenceTemplate({ channel, name }: ChannelSeed): string {
  return `import { definePresenceChannel } from "@repo/realtime-presence";
import { z } from "zod";
import { ${channel.channel} } from "./${channel.slug}.channel";

/** Who is on ${name}, and what each of them is doing. */
export const ${channel.presence} = definePresenceChannel(${channel.channel}, {
  meta: z.strictObject({ doing: z.string().max(80).optional() }),
});
`;
}

/** Joins a channel with presence, and checks who is on its list. */
export function presenceTestTemplate({ channel, name, scope }: ChannelSeed): string {
  const user = scope.kind === "user" ? scope.param : "";
  const [of, presence] = [channel.channel, channel.presence].map((each) => sampleAddress(each, name, user).address);
  const roles = scope.kind === "role" ? [scope.role] : [];
  return `import { createRealtimeHarness, FakeClock } from "@repo/core-testing";
import { createPresence } from "@repo/realtime-presence";
import { expect, it, onTestFinished } from "vitest";
import { ${channel.channel} } from "./${channel.slug}.channel";
import { ${channel.presence} } from "./${channel.slug}-presence.channel";

it("shows who is on the channel", async () => {
  const onError = (cause: unknown) => expect.unreachable(String(cause));
  const presence = createPresence({ channels: [${channel.presence}], clock: new FakeClock(), nodeId: "node-1", onError });
  const harness = await createRealtimeHarness({
    users: { ada: { userId: "ada", roles: ${JSON.stringify(roles)} } },
    observers: [presence.observer],
    guards: [presence.guard],
    handlers: ({ registry }) => void registry.registerChannel(${channel.channel}),
  });
  const leave = presence.bind(harness.realtime);
  onTestFinished(async () => {
    await leave();
    await harness.close();
  });
  const ada = await harness.client("ada");
  await ada.subscribe(${of});
  const { opening } = await ada.subscribe(${presence});
  expect(opening).toMatchObject({ members: [{ userId: "ada" }], total: 1 });
});
`;
}
