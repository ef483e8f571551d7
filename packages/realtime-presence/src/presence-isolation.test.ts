import { defineRealtimeChannel, RealtimeError, type IRealtimeBroadcaster } from "@repo/core-realtime";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { definePresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { DEFAULT_BOUNDS } from "./presence-bounds.js";
import { PresenceWriter } from "./presence-writer.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.object({}) });
const presence = definePresenceChannel(room, { meta: z.number() });
const address = { channel: room, name: "room", params: {} };

/** A broadcaster of a node that is cut off until the test says otherwise. */
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
  const writer = new PresenceWriter({ channels, store, realtime, nodeId: "n", clock, bounds: DEFAULT_BOUNDS });
  const member = { connectionId: "c", userId: "mia", joinedAt: 0, lastActive: 0, meta: 1 };
  const seat = { address, connectionId: "c", current: member, published: undefined, full: undefined, cancelLeave: undefined, isWatching: false }; // prettier-ignore
  return { clock, events, node, writer, seat };
}

it("publishes after the isolation what the store took during it: the store alone tells no watcher of another node", async () => {
  const { clock, events, node, writer, seat } = isolatedNode();
  const written = writer.write(seat);
  for (let n = 0; n < 3; n += 1) await clock.advance(500);
  expect(events).toEqual([]);
  node.isIsolated = false;
  await expect
    .poll(async () => {
      await clock.advance(500);
      return events;
    })
    .toEqual(["presence:join"]);
  await written;
  expect(events).toEqual(["presence:join"]);
});

it("does not keep a node from closing that is still isolated", async () => {
  const { clock, writer, seat } = isolatedNode();
  const written = writer.write(seat);
  const failed = expect(written).rejects.toMatchObject({ code: "ISOLATED" });
  await clock.advance(500);
  writer.close();
  await failed;
});
