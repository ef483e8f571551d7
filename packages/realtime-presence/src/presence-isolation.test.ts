import { defineRealtimeChannel, RealtimeError, type IRealtimeBroadcaster } from "@repo/core-realtime";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { definePresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { DEFAULT_BOUNDS } from "./presence-bounds.js";
import { PresenceSeats, type PresenceSeat } from "./presence-seat.js";
import { PresenceWriter } from "./presence-writer.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.object({}) });
const presence = definePresenceChannel(room, { meta: z.number() });
const address = { channel: room, name: "room", params: {} };
const member = { connectionId: "c", userId: "mia", joinedAt: 0, lastActive: 0, meta: 1 };

/** A broadcaster of a node that is cut off until the test lets it rejoin. */
function isolatedNode() {
  const clock = new FakeClock();
  const events: unknown[] = [];
  const node = { isIsolated: true };
  const realtime = {
    broadcast: async (_address: unknown, event: unknown) => {
      if (node.isIsolated) throw new RealtimeError("ISOLATED", { retryAfterMs: 500 });
      events.push(event);
    },
  } as unknown as IRealtimeBroadcaster;
  const channels = new Map([[room.name, presence]]) as never;
  const store = new InMemoryPresenceStore(clock);
  const errors: unknown[] = [];
  const onError = (cause: unknown) => errors.push(cause);
  const writer = new PresenceWriter({ channels, store, realtime, nodeId: "n", clock, bounds: DEFAULT_BOUNDS, onError });
  const seatOf = (connectionId: string): PresenceSeat => {
    const seat = new PresenceSeats().findOrAdd(connectionId, address);
    seat.current = { ...member, connectionId };
    return seat;
  };
  return { clock, events, node, writer, seatOf, store, errors };
}

it("publishes after the isolation what the store took during it: the store alone notifies no watcher of another node", async () => {
  const { clock, events, node, writer, seatOf } = isolatedNode();
  const seat = seatOf("c");
  await writer.write(seat);
  seat.current = undefined;
  await writer.write(seat);
  for (let n = 0; n < 3; n += 1) await clock.advanceAsync(500);
  expect(events).toEqual([]);
  node.isIsolated = false;
  await clock.advanceAsync(500);
  expect(events).toEqual(["presence:join", "presence:leave"]);
  await writer.write(seatOf("d"));
  expect(events.at(-1)).toBe("presence:join");
});

it("continues to write to the store while it is isolated: the others read the list there", async () => {
  const { writer, seatOf, store } = isolatedNode();
  const [one, other] = [seatOf("c"), seatOf("d")];
  await writer.write(one);
  await writer.write(other);
  one.current = undefined;
  await writer.write(one);
  expect(store.list("room").members.map(({ connectionId }) => connectionId)).toEqual(["d"]);
});

it("does not keep a node from closing that is still isolated", async () => {
  const { clock, writer, seatOf, errors, events } = isolatedNode();
  await writer.write(seatOf("c"));
  await writer.close();
  expect(errors).toMatchObject([{ code: "ISOLATED" }]);
  await clock.advanceAsync(5_000);
  expect(events).toEqual([]);
});
