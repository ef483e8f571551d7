import { createCollection } from "@tanstack/db";
import { expect, it, vi } from "vitest";
import { realtimeCollectionOptions, type OwnMutation } from "./index.js";
import { PlayedChannel } from "./testing/played-channel.js";

interface Task {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

const task = (id: string, title: string, version = 1): Task => ({ id, title, version });

function deferred<Value>() {
  let settle: { resolve: (value: Value) => void; reject: (cause: unknown) => void } | undefined;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  return {
    promise,
    resolve: (value: Value) => settle?.resolve(value),
    reject: (cause: unknown) => settle?.reject(cause),
  };
}

/** A collection that follows a played channel, with a server that a test answers by hand. */
function follow(load: () => Promise<readonly Task[]>) {
  const channel = new PlayedChannel<Task>();
  const told: OwnMutation<Task>[] = [];
  const answers: ReturnType<typeof deferred<Task | undefined>>[] = [];
  const onError = vi.fn();
  const collection = createCollection(
    realtimeCollectionOptions<Task, Parameters<typeof channel.say>[0]>({
      getKey: ({ id }) => id,
      version: ({ version }) => version,
      channel,
      read: (message) => message,
      load,
      commit(mutation) {
        told.push(mutation);
        const answer = deferred<Task | undefined>();
        answers.push(answer);
        return answer.promise;
      },
      onError,
    }),
  );
  const titles = () => collection.toArray.map(({ title }) => title);
  return { channel, collection, told, answers, onError, titles };
}

async function following(...rows: readonly Task[]) {
  const stage = follow(async () => rows);
  const ready = stage.collection.preload();
  stage.channel.begin();
  await ready;
  return stage;
}

it("is ready with a copy that was asked for after the subscribe, and misses nothing that came meanwhile", async () => {
  const copy = deferred<readonly Task[]>();
  const load = vi.fn(() => copy.promise);
  const { channel, collection, titles } = follow(load);
  const ready = collection.preload();
  expect([channel.isFollowed, load.mock.calls.length]).toEqual([true, 0]);
  channel.begin();
  channel.say({ kind: "put", row: task("1", "newer", 2) });
  copy.resolve([task("1", "one"), task("2", "two")]);
  await ready;
  expect(titles()).toEqual(["newer", "two"]);
});

it("follows what the channel says, in versions' order", async () => {
  const { channel, titles } = await following(task("1", "one"));
  channel.say({ kind: "put", row: task("2", "two") });
  channel.say({ kind: "put", row: task("1", "uno", 3) });
  channel.say({ kind: "put", row: task("1", "late", 2) });
  channel.say({ kind: "remove", id: "2", version: 2 });
  channel.say({ kind: "remove", id: "unknown" });
  expect(titles()).toEqual(["uno"]);
});

it("shows an insert at once and replaces it by the row that the server made", async () => {
  const { collection, told, answers, titles } = await following();
  const inserted = collection.insert(task("temp", "new", 0));
  expect(titles()).toEqual(["new"]);
  expect(told).toMatchObject([{ kind: "insert", id: "temp", row: { title: "new" } }]);
  answers[0]?.resolve(task("7", "new"));
  await inserted.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("7", "new")]);
});

it("keeps a change shown until its echo has come where the answer is silent", async () => {
  const { channel, collection, told, answers, titles } = await following(task("1", "one"));
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  expect(told).toMatchObject([{ kind: "update", id: "1", changes: { title: "mine" } }]);
  answers[0]?.resolve(undefined);
  await Promise.resolve();
  expect(titles()).toEqual(["mine"]);
  channel.say({ kind: "put", row: task("1", "mine", 2), mutationId: told[0]?.mutationId });
  await updated.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("1", "mine", 2)]);
});

it("takes the echo that came before the answer", async () => {
  const { channel, collection, told, answers } = await following(task("1", "one"));
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  channel.say({ kind: "put", row: task("1", "mine", 2), mutationId: told[0]?.mutationId });
  answers[0]?.resolve(undefined);
  await updated.isPersisted.promise;
  expect(collection.toArray).toMatchObject([task("1", "mine", 2)]);
});

it("takes a refused change back, and says why", async () => {
  const { collection, answers, titles } = await following(task("1", "one"));
  const deleted = collection.delete("1");
  expect(titles()).toEqual([]);
  answers[0]?.reject(new Error("staff only"));
  await expect(deleted.isPersisted.promise).rejects.toThrow("staff only");
  expect(titles()).toEqual(["one"]);
});

it("deletes for good, whatever late word comes", async () => {
  const { channel, collection, answers, titles } = await following(task("1", "one"));
  const deleted = collection.delete("1");
  answers[0]?.resolve(undefined);
  await deleted.isPersisted.promise;
  channel.say({ kind: "put", row: task("1", "late", 5) });
  expect(titles()).toEqual([]);
});

it("takes a fresh copy after a gap, which settles whatever the server had accepted", async () => {
  let rows = [task("1", "one"), task("2", "two")];
  const { channel, collection, answers, titles } = follow(async () => rows);
  const ready = collection.preload();
  channel.begin();
  await ready;
  const updated = collection.update("1", (draft) => void Object.assign(draft, { title: "mine" }));
  answers[0]?.resolve(undefined); // and the echo is lost in the gap
  rows = [task("1", "mine", 2), task("3", "three")];
  channel.gap();
  await updated.isPersisted.promise;
  await expect.poll(titles).toEqual(["mine", "three"]);
});

it("fails where no copy is to be had at first, and reports it later on", async () => {
  const failing = follow(() => Promise.reject(new Error("offline")));
  const ready = failing.collection.preload();
  failing.channel.begin();
  await expect(ready).rejects.toThrow("offline");

  const load = vi.fn(async () => [task("1", "one")]);
  const later = follow(load);
  const loaded = later.collection.preload();
  later.channel.begin();
  await loaded;
  load.mockRejectedValueOnce(new Error("offline"));
  later.channel.gap();
  await expect.poll(() => later.onError.mock.calls).toEqual([[new Error("offline")]]);
  expect(later.titles()).toEqual(["one"]);
});

it("lets go of the channel when the collection is cleaned up", async () => {
  const { channel, collection } = await following(task("1", "one"));
  await collection.cleanup();
  expect(channel.isFollowed).toBe(false);
});
