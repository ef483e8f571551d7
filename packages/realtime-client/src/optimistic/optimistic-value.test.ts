import { expect, it, vi } from "vitest";
import { deferred } from "../testing/deferred.js";
import { OptimisticValue } from "./optimistic-value.js";

const add = (n: number) => (value: number) => value + n;

it("shows a local change at once, and the server's too while the local one is pending", async () => {
  const likes = new OptimisticValue(10);
  const reply = deferred<number>();
  const mutated = likes.mutate({ apply: add(1), commit: () => reply.promise, confirm: (_, total) => total });
  expect([likes.value, likes.base, likes.pending]).toEqual([11, 10, 1]);
  likes.receive(20);
  expect([likes.value, likes.base]).toEqual([21, 20]);
  reply.resolve(21);
  await mutated;
  expect([likes.value, likes.base, likes.pending]).toEqual([21, 21, 0]);
});

it("reverts a refused change alone, and rejects with the reason", async () => {
  const likes = new OptimisticValue(10);
  const [first, second] = [deferred<undefined>(), deferred<undefined>()];
  const mutations = [first, second].map(({ promise }, index) =>
    likes.mutate({ apply: add(index + 1), commit: () => promise }),
  );
  expect(likes.value).toBe(13);
  first.reject(new Error("no more likes today"));
  await expect(mutations[0]).rejects.toThrow("no more likes today");
  expect([likes.value, likes.pending]).toEqual([12, 1]);
});

it("recognises an echo by its mutation id: the change is never shown twice, nor missing", async () => {
  const likes = new OptimisticValue(10);
  const seen: number[] = [];
  likes.watch(() => seen.push(likes.value));
  let mine = "";
  const mutated = likes.mutate({ apply: add(1), commit: async (mutationId) => void (mine = mutationId) });
  await mutated;
  expect([likes.value, likes.pending]).toEqual([11, 1]); // accepted; the echo is still to come
  likes.receiveStep(add(1), { mutationId: mine });
  expect([likes.value, likes.pending]).toEqual([11, 0]);
  expect(seen.every((value) => value === 11)).toBe(true);
});

it("applies a change once, whether the reply or the echo brings it first", async () => {
  const likes = new OptimisticValue(10);
  let mine = "";
  await likes.mutate({ apply: add(1), commit: async (mutationId) => void (mine = mutationId), confirm: add(1) });
  likes.receiveStep(add(1), { mutationId: mine });
  likes.receiveStep(add(1), { mutationId: "another's" });
  expect(likes.value).toBe(12);
});

it("lets no old version overwrite a newer one, and settles an echo all the same", async () => {
  const title = new OptimisticValue("draft");
  let mine = "";
  await title.mutate({ apply: () => "mine", commit: async (mutationId) => void (mine = mutationId) });
  title.receive("theirs", { version: 9 });
  title.receive("mine", { version: 8, mutationId: mine });
  expect([title.value, title.pending]).toEqual(["theirs", 0]);
});

it("replays what is pending on a fresh copy, and drops what the server had accepted before", async () => {
  const likes = new OptimisticValue(10);
  await likes.mutate({ apply: add(1), commit: async () => undefined });
  const offline = deferred<undefined>();
  void likes.mutate({ apply: add(5), commit: () => offline.promise });
  likes.load(11);
  expect([likes.value, likes.pending]).toEqual([16, 1]);
});

it("works on lists and on whatever else is a value", async () => {
  const list = new OptimisticValue<readonly string[]>(["a"]);
  const reply = deferred<undefined>();
  const change = vi.fn();
  list.watch(change);
  void list.mutate({ apply: (items) => [...items, "b"], commit: () => reply.promise }).catch(() => undefined);
  list.receiveStep((items) => items.filter((item) => item !== "a"));
  expect(list.value).toEqual(["b"]);
  expect(list.value).toBe(list.value);
  expect(change).toHaveBeenCalledTimes(2);
});

it("settles a change whose echo cannot be applied, and throws what the step threw", async () => {
  const likes = new OptimisticValue(1);
  let id = "";
  await likes.mutate({ apply: add(1), commit: async (mutationId) => void (id = mutationId) });
  const failing = () => {
    throw new Error("no step");
  };
  expect(() => likes.receiveStep(failing, { mutationId: id, version: 2 })).toThrow("no step");
  likes.receive(9, { version: 2 });
  expect([likes.value, likes.pending]).toEqual([9, 0]);
});
