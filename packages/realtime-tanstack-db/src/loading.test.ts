import { afterEach, expect, it, vi } from "vitest";
import { type Task, deferred, follow, task } from "./testing/follow.js";

afterEach(() => void vi.useRealTimers());

it("shows that the first copy could not be loaded, and is ready once it can be", async () => {
  vi.useFakeTimers();
  const load = vi.fn(async () => [task("1", "one")]).mockRejectedValueOnce(new Error("offline"));
  const { channel, collection, onError, titles } = follow(load);
  const ready = collection.preload();
  channel.begin();
  await expect(ready).rejects.toThrow("offline");
  expect([collection.status, onError.mock.calls]).toEqual(["error", [[new Error("offline")]]]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([collection.status, titles()]).toEqual(["ready", ["one"]]);
});

it("loads again after a gap until that works, and reports the first failure", async () => {
  vi.useFakeTimers();
  const load = vi.fn(async () => [task("1", `copy ${load.mock.calls.length}`)]);
  const { channel, collection, onError, titles } = follow(load);
  const loaded = collection.preload();
  channel.begin();
  await loaded;
  for (const cause of ["offline", "still"]) load.mockRejectedValueOnce(new Error(cause));
  channel.gap();
  await vi.advanceTimersByTimeAsync(0);
  expect([onError.mock.calls, titles()]).toEqual([[[new Error("offline")]], ["copy 1"]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(titles()).toEqual(["copy 4"]);
  expect(onError).toHaveBeenCalledOnce();
});

it("shows no error where an older load fails while a newer one is in progress", async () => {
  const loads = [deferred<readonly Task[]>(), deferred<readonly Task[]>()];
  let count = 0;
  const { channel, collection, titles, onError } = follow(() => loads[count++]?.promise ?? Promise.reject(new Error()));
  collection.startSyncImmediate();
  channel.begin();
  channel.gap();
  loads[0]?.reject(new Error("offline"));
  await new Promise(setImmediate);
  expect([collection.status, onError.mock.calls]).toEqual(["loading", []]);
  loads[1]?.resolve([task("1", "one")]);
  await expect.poll(titles).toEqual(["one"]);
});

it("loads no more when the collection is cleaned up", async () => {
  vi.useFakeTimers();
  const load = vi.fn(() => Promise.reject(new Error("offline")));
  const { channel, collection } = follow(load);
  const ready = collection.preload();
  channel.begin();
  await expect(ready).rejects.toThrow("offline");
  await collection.cleanup();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledOnce();
});
