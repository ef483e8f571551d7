import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { roomMembers } from "./room-members.guard.js";
import { announce, removeMember } from "./rooms-use-cases.js";
import { roomChannel } from "./room.channel.js";

const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } };
const room = roomChannel.at({ roomId: "7" });

/** A node with one room, in which Mia is. */
async function openHouse() {
  const inside = new Set(["7 mia"]);
  const members = { delete: async (roomId: string, userId: string) => void inside.delete(`${roomId} ${userId}`) };
  const guard = roomMembers(async (roomId, userId) => inside.has(`${roomId} ${userId}`));
  return { members, harness: await createRealtimeHarness({ channels: [roomChannel], guards: [guard], users }) };
}

it("lets members in, and nobody else", async () => {
  const { harness } = await openHouse();
  const mia = await harness.client("mia");
  const sam = await harness.client("sam");
  await mia.subscribe(room);
  await expect(sam.subscribe(room)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await announce(harness.realtime, "7", "Welcome");
  expect(await mia.nextMessage(room)).toMatchObject({ event: "announced", payload: { text: "Welcome" } });
  await harness.close();
});

it("sends nothing more to a member that was removed", async () => {
  const { harness, members } = await openHouse();
  const mia = await harness.client("mia");
  await mia.subscribe(room);
  await removeMember({ realtime: harness.realtime, members }, "7", "mia");
  await announce(harness.realtime, "7", "Without Mia");
  expect(await mia.next("left")).toMatchObject({ channel: "rooms.7", error: { code: "REVOKED" } });
  await mia.roundTrip();
  expect(mia.received(room)).toEqual([]);
  await expect(mia.subscribe(room)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await harness.close();
});
