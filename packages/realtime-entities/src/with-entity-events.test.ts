import { RecordingEventBus } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { EntityChange } from "./entity-change.js";
import { rowEntity } from "./testing/row-entity.js";
import { RowRepository, type Row } from "./testing/row-repository.js";
import { withEntityEvents } from "./with-entity-events.js";

const failures: unknown[] = [];
const onError = (failure: unknown) => void failures.push(failure);

function wired(rows: readonly Row[] = []) {
  const bus = new RecordingEventBus();
  const repository = new RowRepository(rows);
  return { bus, repository, tasks: withEntityEvents(repository, bus, { channels: rowEntity, onError }) };
}
const published = (bus: RecordingEventBus) => bus.published.map(({ payload }) => payload);
const paint = { id: "7", title: "paint", version: 1 };

it("publishes each write, with its version and the caller's mutation id", async () => {
  const { bus, tasks } = wired();
  await expect(tasks.create({ id: "7", title: "paint" }, { mutationId: "m-1", by: "mia" })).resolves.toEqual(paint);
  await tasks.update("7", { title: "paint it" }, { mutationId: "m-2" });
  await expect(tasks.delete("7", { mutationId: "m-3" })).resolves.toEqual({ id: "7", title: "paint it", version: 2 });
  expect(bus.published.map(({ name }) => name)).toEqual(Array(3).fill("entity:row:changed"));
  expect(published(bus)).toEqual([
    { kind: "created", id: "7", record: paint, version: 1, mutationId: "m-1", by: "mia" },
    { kind: "updated", id: "7", record: { ...paint, title: "paint it", version: 2 }, version: 2, mutationId: "m-2" },
    { kind: "deleted", id: "7", version: 3, mutationId: "m-3" },
  ]);
});

it("publishes nothing for a write that failed: no such record, or a repository that throws", async () => {
  const { bus, tasks } = wired([paint]);
  await expect(tasks.update("8", { title: "x" })).resolves.toBeUndefined();
  await expect(tasks.delete("8")).resolves.toBeUndefined();
  await expect(tasks.update("7", { title: "" })).rejects.toThrow("no title");
  expect(published(bus)).toEqual([]);
});

it("never publishes before the write can be read", async () => {
  const { bus, repository, tasks } = wired();
  const seen: unknown[] = [];
  bus.subscribe(rowEntity.changed, async ({ payload }) => void seen.push(await repository.find(payload.id)));
  await tasks.create({ id: "7", title: "paint" });
  expect(seen).toEqual([paint]);
});

it("publishes racing writes to one record in the order of their versions", async () => {
  const { bus, tasks } = wired([paint]);
  await Promise.all(Array.from({ length: 20 }, (_, index) => tasks.update("7", { title: `${index}` })));
  expect(published(bus).map((change) => (change as EntityChange).version)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 2),
  );
});

it("refuses a write upon an outdated version, and publishes nothing", async () => {
  const { bus, tasks } = wired([{ ...paint, version: 4 }]);
  const refusal = { code: "REFUSED", reason: "CONFLICT", data: { id: "7" } };
  await expect(tasks.update("7", { title: "x" }, { baseVersion: 3 })).rejects.toMatchObject(refusal);
  await expect(tasks.delete("7", { baseVersion: 3 })).rejects.toMatchObject(refusal);
  expect(published(bus)).toEqual([]);
  await expect(tasks.update("7", { title: "x" }, { baseVersion: 4 })).resolves.toMatchObject({ version: 5 });
});

it("lets one of two racing writes upon the same version through", async () => {
  const { tasks } = wired([paint]);
  const both = ["one", "two"].map((title) => tasks.update("7", { title }, { baseVersion: 1 }));
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

it("passes the options to the repository too, which may check them against more than this process has", async () => {
  const { repository, tasks } = wired([paint]);
  await tasks.update("7", { title: "x" }, { baseVersion: 1, mutationId: "m" });
  expect(repository.options).toEqual([{ baseVersion: 1, mutationId: "m" }]);
});

it("keeps the write where it cannot be published, and reports that", async () => {
  const { bus, repository, tasks } = wired();
  failures.length = 0;
  const cause = new Error("the bus is down");
  bus.publish = () => Promise.reject(cause);
  await expect(tasks.create({ id: "7", title: "paint" }, { mutationId: "m" })).resolves.toEqual(paint);
  expect(await repository.find("7")).toEqual(paint);
  expect(failures).toEqual([
    { change: { kind: "created", id: "7", record: paint, version: 1, mutationId: "m" }, cause },
  ]);
});

it("stands by the write even where the report fails", async () => {
  const bus = new RecordingEventBus();
  bus.publish = () => Promise.reject(new Error("the bus is down"));
  const fail = () => {
    throw new Error("so is the log");
  };
  const tasks = withEntityEvents(new RowRepository(), bus, { channels: rowEntity, onError: fail });
  await expect(tasks.create({ id: "7", title: "paint" })).resolves.toEqual(paint);
});

it("lets a listener write to the record of its event", async () => {
  const { bus, repository, tasks } = wired([paint]);
  bus.subscribe(rowEntity.changed, async ({ payload }) => {
    if (payload.version === 2) await tasks.update(payload.id, { title: "varnished" });
  });
  await tasks.update("7", { title: "painted" });
  expect(await repository.find("7")).toEqual({ id: "7", title: "varnished", version: 3 });
});

it("leaves everything else of the repository as it was, private fields and frozen objects included", async () => {
  const { tasks } = wired([paint]);
  expect(tasks.count()).toBe(1);
  expect(tasks.name).toBe("rows");
  await expect(tasks.find("7")).resolves.toEqual(paint);
  const { bus, repository } = wired([paint]);
  const frozen = Object.freeze({
    find: (id: string) => repository.find(id),
    create: (draft: Row) => repository.create(draft),
    update: (id: string, changes: { readonly title: string }) => repository.update(id, changes),
    delete: (id: string) => repository.delete(id),
  });
  const wrapped = withEntityEvents(frozen, bus, { channels: rowEntity, onError });
  await wrapped.update("7", { title: "x" });
  expect(published(bus)).toHaveLength(1);
  expect("transaction" in wrapped).toBe(false);
  const transactional = {
    ...frozen,
    transaction: <Result>(run: (tx: typeof frozen) => Promise<Result>) => run(frozen),
  };
  expect("transaction" in withEntityEvents(transactional, bus, { channels: rowEntity, onError })).toBe(true);
});
