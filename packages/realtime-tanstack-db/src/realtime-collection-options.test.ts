import { expect, it, vi } from "vitest";
import { deferred, follow, following, task, type Task } from "./testing/follow.js";

it("is ready with a copy that was requested after the subscribe, and misses nothing that arrived meanwhile", async () => {
  const copy = deferred<readonly Task[]>();
  const load = vi.fn(() => copy.promise);
  const { channel, collection, titles } = follow(load);
  const ready = collection.preload();
  expect([channel.isFollowed, load.mock.calls.length]).toEqual([true, 0]);
  channel.begin();
  channel.emit({ kind: "put", row: task("1", "newer", 2) });
  copy.resolve([task("1", "one"), task("2", "two")]);
  await ready;
  expect(titles()).toEqual(["newer", "two"]);
});

it("follows the channel, in versions' order", async () => {
  const { channel, titles } = await following(task("1", "one"));
  channel.emit({ kind: "put", row: task("2", "two") });
  channel.emit({ kind: "put", row: task("1", "uno", 3) });
  channel.emit({ kind: "put", row: task("1", "late", 2) });
  channel.emit({ kind: "remove", id: "2", version: 2 });
  channel.emit({ kind: "remove", id: "unknown" });
  expect(titles()).toEqual(["uno"]);
});

it("shows an insert at once and replaces it by the row that the server made", async () => {
  const { collection, sent, replies, titles } = await following();
  const inserted = collection.insert(task("temp", "new", 0));
  expect(titles()).toEqual(["new"]);
  expect(sent).toMatchObject([{ kind: "insert", id: "temp", row: { title: "new" } }]);
  replies[0]?.resolve(task("7", "new"));
  await inserted.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("7", "new")]);
});

it("keeps a change shown until its echo has arrived where the reply is empty", async () => {
  const { channel, collection, sent, replies, titles } = await following(task("1", "one"));
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  expect(sent).toMatchObject([{ kind: "update", id: "1", changes: { title: "mine" } }]);
  replies[0]?.resolve(undefined);
  await Promise.resolve();
  expect(titles()).toEqual(["mine"]);
  channel.emit({ kind: "put", row: task("1", "mine", 2), mutationId: sent[0]?.mutationId });
  await updated.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("1", "mine", 2)]);
});

it("accepts an echo that arrived before the reply", async () => {
  const { channel, collection, sent, replies } = await following(task("1", "one"));
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  channel.emit({ kind: "put", row: task("1", "mine", 2), mutationId: sent[0]?.mutationId });
  replies[0]?.resolve(undefined);
  await updated.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("1", "mine", 2)]);
});

it("reverts a refused change, and reports why", async () => {
  const { collection, replies, titles } = await following(task("1", "one"));
  const deleted = collection.delete("1");
  expect(titles()).toEqual([]);
  replies[0]?.reject(new Error("staff only"));
  await expect(deleted.isPersisted.promise).rejects.toThrow("staff only");
  expect(titles()).toEqual(["one"]);
});

it("keeps a deleted row away from late messages, and shows it again where somebody has restored it", async () => {
  const { channel, collection, replies, titles } = await following(task("1", "one"));
  const deleted = collection.delete("1");
  replies[0]?.resolve(undefined);
  await deleted.isPersisted.promise;
  channel.emit({ kind: "put", row: task("1", "late", 2) });
  expect(titles()).toEqual([]);
  channel.emit({ kind: "put", row: task("1", "restored", 3) });
  expect(titles()).toEqual(["restored"]);
});

it("shows a row that was restored before the reply to its delete arrived", async () => {
  const { channel, collection, replies, titles } = await following(task("1", "one", 3));
  const deleted = collection.delete("1");
  channel.emit({ kind: "remove", id: "1", version: 4 }); // an echo without the mutation's id
  channel.emit({ kind: "put", row: task("1", "restored", 5) });
  replies[0]?.resolve(undefined);
  await deleted.isPersisted.promise;
  expect(titles()).toEqual(["restored"]);
});

it("takes the version of a removal from the reply", async () => {
  const { channel, collection, replies, titles } = await following(task("1", "one"));
  const deleted = collection.delete("1");
  replies[0]?.resolve(task("1", "one", 9));
  await deleted.isPersisted.promise;
  channel.emit({ kind: "put", row: task("1", "late", 9) });
  expect(titles()).toEqual([]);
  channel.emit({ kind: "put", row: task("1", "restored", 10) });
  expect(titles()).toEqual(["restored"]);
});

it("takes a fresh copy after a gap, which settles whatever the server had accepted", async () => {
  let rows = [task("1", "one"), task("2", "two")];
  const { channel, collection, replies, titles } = follow(async () => rows);
  const ready = collection.preload();
  channel.begin();
  await ready;
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  replies[0]?.resolve(undefined); // and the echo is lost in the gap
  rows = [task("1", "mine", 2), task("3", "three")];
  channel.gap();
  await updated.isPersisted.promise;
  await expect.poll(titles).toEqual(["mine", "three"]);
});

it("leaves the channel when the collection is cleaned up", async () => {
  const { channel, collection } = await following(task("1", "one"));
  await collection.cleanup();
  expect(channel.isFollowed).toBe(false);
});
