import type { IRealtimeHandlerRegistry, RealtimeObservation } from "@repo/core-realtime";
import { FakeClock, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { createPresence } from "./index.js";
import { boardPresence, onBoard, seen, TICK_MS, user } from "./presence-under-test.js";

const NO_CHANNELS: IRealtimeHandlerRegistry = {
  register: () => () => undefined,
  registerChannel: () => () => undefined,
  resolve: () => undefined,
  listChannels: () => [],
  watch: () => () => undefined,
};

type SubscriptionKind = "subscribed" | "left";

/** Presence that is shown frozen facts about one connection, and no connection. */
function setUp() {
  const [clock, broadcaster, revoked] = [new FakeClock(), new RecordingRealtimeBroadcaster(), [] as unknown[]];
  const onError = (cause: unknown) => expect.unreachable(String(cause));
  const presence = createPresence({ channels: [boardPresence], clock, nodeId: "n", tickMs: TICK_MS, onError });
  presence.bind({
    registry: NO_CHANNELS,
    broadcaster,
    revoke: async (target) => void revoked.push(target),
  });
  const connection = Object.freeze({
    connectionId: "c1",
    user: Object.freeze(user("mia")),
    transport: "memory",
    remoteAddress: undefined,
    since: 0,
  });
  const show = (kind: SubscriptionKind, address: typeof onBoard | typeof seen) => {
    const observation: RealtimeObservation =
      kind === "left" ? { kind, connection, address, why: "unsubscribed" } : { kind, connection, address };
    presence.observer.observe(Object.freeze(observation));
  };
  return { clock, broadcaster, revoked, show };
}

it("needs nothing of a connection but its id and user", async () => {
  const { clock, broadcaster, show } = setUp();
  show("subscribed", onBoard);
  await clock.advanceAsync(TICK_MS);
  show("left", onBoard);
  await clock.advanceAsync(TICK_MS);
  expect(broadcaster.broadcasts.map(({ event, payload }) => [event, payload])).toMatchObject([
    ["presence:join", { member: { connectionId: "c1", userId: "mia" }, tabs: 1 }],
    ["presence:leave", { member: { connectionId: "c1", userId: "mia" }, tabs: 0 }],
  ]);
});

it("ends the watching of a connection that was let in to watch while it left the channel", async () => {
  const { clock, revoked, show } = setUp();
  show("subscribed", onBoard);
  show("left", onBoard);
  show("subscribed", seen);
  await clock.advanceAsync(0);
  expect(revoked).toEqual([{ connectionId: "c1", channel: seen.name }]);
});

it("ends no watching that has ended by itself", async () => {
  const { clock, revoked, show } = setUp();
  show("subscribed", onBoard);
  show("subscribed", seen);
  show("left", onBoard);
  show("left", seen);
  await clock.advanceAsync(0);
  expect(revoked).toEqual([]);
});
