import type { IEventBus } from "@repo/core-events";
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { z } from "zod";
import { defineEntityChannels } from "./define-entity-channels.js";
import type { RowRepository } from "./testing/row-repository.js";
import { withEntityEvents } from "./with-entity-events.js";

// Must compile, or must not: `tsc` is the test.
declare const bus: IEventBus;
declare const realtime: IRealtimeBroadcaster;
declare const registry: IRealtimeHandlerRegistry;
declare const repository: RowRepository;
const onError = () => {};
const record = z.object({ id: z.string(), title: z.string(), version: z.number() });
const row = defineEntityChannels({
  entity: "row",
  record,
  scope: "authenticated",
  inbound: { rename: z.object({ id: z.string(), title: z.string() }) },
  reply: record,
});

row.all.name satisfies "entity:row";
row.one.name satisfies "entity:row:{id}";
registry.register(row.all, ({ payload, user }) => ({ id: payload.id, title: payload.title + user.userId, version: 1 }));
// @ts-expect-error a reply that does not fit
registry.register(row.all, () => ({ id: 7 }));
// @ts-expect-error the channel of one record needs its id
void realtime.broadcast(row.one, "entity:deleted", { id: "7", version: 1 });
// @ts-expect-error an unknown event
void realtime.broadcast(row.all, "entity:moved", { id: "7", version: 1 });
// @ts-expect-error a record that does not fit
void realtime.broadcast(row.all, "entity:created", { id: "7", version: 1, record: { id: "7" } });
// @ts-expect-error a name of two channels has no user in it
defineEntityChannels({ entity: "row", record, scope: { userScoped: "id" } });
// @ts-expect-error scope is required
defineEntityChannels({ entity: "row", record });

const rows = withEntityEvents(repository, bus, { channels: row, onError });
void rows.create({ id: "7", title: "paint" }, { mutationId: "m" }).then(({ version }) => version satisfies number);
void rows
  .update("7", { title: "x" }, { baseVersion: 3 })
  .then((updated) => updated?.title satisfies string | undefined);
void rows.transaction(async (tx) => tx.update("7", { title: "x" }, { by: "mia" })).then((updated) => updated?.id);
rows.count() satisfies number;
// @ts-expect-error another draft
void rows.create({ title: 7 });
// @ts-expect-error another row's changes
void rows.update("7", { name: "x" });
// @ts-expect-error an unknown option
void rows.delete("7", { mutation: "m" });
// @ts-expect-error changes in a transaction are held to the same types
void rows.transaction(async (tx) => tx.update("7", { name: "x" }));
// @ts-expect-error onError is required
withEntityEvents(repository, bus, { channels: row });

const note = defineEntityChannels({
  entity: "note",
  record: z.object({ id: z.string(), text: z.string() }),
  scope: "public",
});
// @ts-expect-error rows are no notes
withEntityEvents(repository, bus, { channels: note, onError });
// @ts-expect-error what cannot be read cannot be held to a version
withEntityEvents({ create: repository.create, update: repository.update, delete: repository.delete }, bus, {
  channels: row,
  onError,
});
