import { validate } from "@repo/core-realtime";
import { RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { defineEntityChannels } from "./define-entity-channels.js";

const record = z.object({ id: z.string(), title: z.string().max(10) });
const history = { size: 10, ttlMs: 1_000 };
const task = defineEntityChannels({
  entity: "task",
  record,
  scope: { role: "staff" },
  inbound: { rename: z.object({ id: z.string() }) },
  reply: record,
  history,
});

it("names a channel for all records, one for each, and the event that feeds them", () => {
  expect(task.all.name).toBe("entity:task");
  expect(task.one.at({ id: "a:b" }).name).toBe("entity:task:a%3Ab");
  expect(task.changed.name).toBe("entity:task:changed");
});

it("gives both the scope and the history, and lets clients send on the channel of all records only", () => {
  expect(task.all).toMatchObject({ scope: { role: "staff" }, history, reply: record });
  expect(Object.keys(task.all.inbound)).toEqual(["rename"]);
  expect(task.one).toMatchObject({ scope: { role: "staff" }, history, reply: undefined, inbound: undefined });
});

it("keeps no history, takes no messages and declares no reply where none is configured", () => {
  const plain = defineEntityChannels({ entity: "note", record, scope: "authenticated" });
  expect(plain.all).toMatchObject({ history: undefined, inbound: undefined, reply: undefined });
});

it("sends only the fields that the schema of the record allows", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const row = { id: "7", title: "paint", passwordHash: "…" };
  await realtime.broadcast(task.all, "entity:created", { id: "7", record: row, version: 1, mutationId: "m" });
  const payload = { id: "7", record: { id: "7", title: "paint" }, version: 1, mutationId: "m" };
  expect(realtime.broadcasts).toEqual([{ channel: "entity:task", event: "entity:created", payload }]);
});

it("refuses a record that does not fit, and names the field", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const wrong = { id: "7", version: 2, record: { id: "7", title: "much too long a title" } };
  const refused = realtime.broadcast(task.one.at({ id: "7" }), "entity:updated", wrong);
  await expect(refused).rejects.toMatchObject({ code: "BROADCAST_INVALID", detail: expect.stringMatching(/record/) });
});

it("validates at once where the record's schema does, so that a client can check arrivals", async () => {
  const put = { id: "7", version: 1, record: { id: "7", title: "paint" } };
  expect(validate(task.all.payload["entity:created"], put)).toEqual({ fits: true, value: put });
  const slow = record.refine(async () => true);
  const later = defineEntityChannels({ entity: "slow", record: slow, scope: "public" });
  await expect(validate(later.all.payload["entity:created"], put)).resolves.toEqual({ fits: true, value: put });
});

it.each(["", "my task", "task.v2", "task:done", "{id}"])(
  "refuses %j as an entity, with a sentence that describes a valid name",
  (entity) => {
    expect(() => defineEntityChannels({ entity, record, scope: "public" })).toThrow(/write one word/);
  },
);

it("refuses a record without a schema", () => {
  const untyped = JSON.parse(`{ "entity": "task", "scope": "public", "record": { "id": "string" } }`);
  expect(() => defineEntityChannels(untyped)).toThrow(/"task": record must be a Standard Schema/);
});

it.each(["null", "[]", `{ "id": "7" }`, `{ "version": 1 }`, `{ "id": 7, "version": 1 }`])(
  "takes %s for no event",
  (text) => {
    const value: unknown = JSON.parse(text);
    for (const schema of Object.values(task.all.payload))
      expect(validate(schema, value)).toMatchObject({ fits: false });
  },
);
