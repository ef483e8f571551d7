import { createRealtimeHarness, RecordingEventBus, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { bindEntityEvents } from "./bind-entity-events.js";
import { defineEntityChannels } from "./define-entity-channels.js";
import { rowEntity } from "./testing/row-entity.js";
import { RowRepository } from "./testing/row-repository.js";
import { withEntityEvents } from "./with-entity-events.js";

const paint = { id: "7", title: "paint", version: 1 };
const created = { kind: "created", id: "7", record: paint, version: 1, mutationId: "m", by: "mia" } as const;

function wired() {
  const bus = new RecordingEventBus();
  const realtime = new RecordingRealtimeBroadcaster();
  const failures: unknown[] = [];
  const undo = bindEntityEvents(bus, realtime, { channels: rowEntity, onError: (failure) => failures.push(failure) });
  return { bus, realtime, failures, undo };
}

it("broadcasts each change on both channels, as the client's readEntity reads it", async () => {
  const { bus, realtime } = wired();
  await bus.publish(rowEntity.changed, created);
  await bus.publish(rowEntity.changed, { ...created, kind: "updated", version: 2, mutationId: undefined });
  await bus.publish(rowEntity.changed, { kind: "deleted", id: "7", version: 3, mutationId: "m-3" });
  const put = { id: "7", record: paint, version: 1, mutationId: "m" };
  const expected = [
    { event: "entity:created", payload: put },
    { event: "entity:updated", payload: { id: "7", record: paint, version: 2 } },
    { event: "entity:deleted", payload: { id: "7", version: 3, mutationId: "m-3" } },
  ];
  for (const channel of ["entity:row", "entity:row:7"])
    expect(realtime.broadcasts.filter((one) => one.channel === channel)).toEqual(
      expected.map((one) => ({ channel, ...one })),
    );
});

it("shows the writing user as the sender, and the system where no user is named", async () => {
  const { bus, realtime } = wired();
  await bus.publish(rowEntity.changed, created);
  await bus.publish(rowEntity.changed, { kind: "deleted", id: "7", version: 2 });
  expect(realtime.envelopes.map(({ sender }) => sender)).toEqual([
    ...Array(2).fill({ type: "user", id: "mia" }),
    ...Array(2).fill({ type: "system" }),
  ]);
});

it("broadcasts once what a bus delivers twice", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const occurrence = { name: rowEntity.changed.name, id: "occurrence-1", at: 0, payload: created };
  const listeners: ((given: typeof occurrence) => unknown)[] = [];
  const twice = {
    publish: async () => {},
    subscribe: (_event: unknown, listener: never) => (listeners.push(listener), () => {}),
  };
  bindEntityEvents(twice, realtime, { channels: rowEntity, onError: () => {} });
  for (const listener of [...listeners, ...listeners]) await listener(occurrence);
  expect(realtime.broadcasts.map(({ channel }) => channel)).toEqual(["entity:row", "entity:row:7"]);
});

it("sends no idempotency key where the channels keep no history", async () => {
  const note = defineEntityChannels({ entity: "note", record: z.object({ id: z.string() }), scope: "public" });
  const bus = new RecordingEventBus();
  const realtime = new RecordingRealtimeBroadcaster();
  const failures: unknown[] = [];
  bindEntityEvents(bus, realtime, { channels: note, onError: (failure) => failures.push(failure) });
  await bus.publish(note.changed, { kind: "created", id: "1", record: { id: "1" }, version: 1 });
  expect([realtime.broadcasts.length, failures]).toEqual([2, []]);
});

it("reports a channel that refuses a broadcast, and broadcasts on the other", async () => {
  const { bus, realtime, failures } = wired();
  const cause = new Error("the store is down");
  realtime.failNext(cause);
  await bus.publish(rowEntity.changed, created);
  expect(failures).toEqual([{ channel: "entity:row", change: created, cause }]);
  expect(realtime.broadcasts.map(({ channel }) => channel)).toEqual(["entity:row:7"]);
});

it("reports an id that no channel can be named after", async () => {
  const { bus, realtime, failures } = wired();
  const id = "x".repeat(300);
  await bus.publish(rowEntity.changed, { ...created, id });
  expect(failures).toMatchObject([{ channel: "entity:row:{id}", cause: { name: "TypeError" } }]);
  expect(realtime.broadcasts.map(({ channel }) => channel)).toEqual(["entity:row"]);
});

it("broadcasts nothing more once it is undone", async () => {
  const { bus, realtime, undo } = wired();
  undo();
  await bus.publish(rowEntity.changed, created);
  expect(realtime.broadcasts).toEqual([]);
});

it("carries a repository's writes to the subscribers, in order, and to the record's own channel", async () => {
  const harness = await createRealtimeHarness({
    users: { mia: { userId: "mia", roles: [] } },
    channels: [rowEntity.all, rowEntity.one],
  });
  onTestFinished(() => harness.close());
  const bus = new RecordingEventBus();
  bindEntityEvents(bus, harness.realtime.broadcaster, { channels: rowEntity, onError: () => {} });
  const rows = withEntityEvents(new RowRepository(), bus, { channels: rowEntity, onError: () => {} });
  const mia = await harness.client("mia");
  await mia.subscribe(rowEntity.all);
  await mia.subscribe(rowEntity.one.at({ id: "7" }));
  await rows.transaction(async (tx) => {
    await tx.create({ id: "7", title: "paint" });
    await tx.create({ id: "8", title: "sand" });
    await tx.delete("7");
  });
  await mia.roundTrip();
  const received = mia.received(rowEntity.all).map(({ event, payload }) => `${event} ${payload.id}`);
  expect(received).toEqual(["entity:created 7", "entity:created 8", "entity:deleted 7"]);
  expect(mia.received(rowEntity.one.at({ id: "7" })).map(({ event }) => event)).toEqual([
    "entity:created",
    "entity:deleted",
  ]);
});
