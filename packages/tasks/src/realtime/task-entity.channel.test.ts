import { authorize } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { card } from "../testing/board-under-test.js";
import { taskChannel, taskListChannel } from "./task-entity.channel.js";

const record = { ...card("a"), version: 1, updatedAt: 1_000 };

it("lets in whoever is signed in, and nobody else", () => {
  for (const channel of [taskListChannel, taskChannel]) {
    expect(authorize(channel, { id: "a" }, { userId: "mia", roles: [] })).toBe(true);
    expect(authorize(channel, { id: "a" }, null)).toBe(false);
  }
});

it("keeps ten minutes of a busy board, more than one recovery brings", () => {
  expect(taskListChannel.history).toEqual({ size: 1_000, ttlMs: 600_000 });
  expect(taskChannel.history).toEqual(taskListChannel.history);
});

it("carries a card and nothing else", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await realtime.broadcast(taskListChannel, "entity:created", { id: "a", record, version: 1 });
  const odd = { ...record, secret: "…" };
  const refused = realtime.broadcast(taskListChannel, "entity:created", { id: "a", record: odd, version: 1 });
  await expect(refused).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  expect(realtime.broadcasts).toHaveLength(1);
});

it("takes commands on the channel of all cards alone, titles trimmed", () => {
  expect(Object.keys(taskListChannel.inbound)).toEqual(["create", "rename", "move", "remove"]);
  expect(taskChannel.inbound).toBeUndefined();
  const wish = { id: "a", title: "  paint ", mutationId: "m" };
  expect(taskListChannel.inbound.rename.parse(wish)).toEqual({ id: "a", title: "paint", mutationId: "m" });
});

it.each(["", "a b", "a/b", "../a", "ä", "x".repeat(65)])("takes no %j as an id", (id) => {
  expect(taskListChannel.inbound.remove.safeParse({ id, mutationId: "m" }).success).toBe(false);
});
