import { expect, it } from "vitest";
import { SessionQueue } from "./session-queue.js";

/** A task that ends when it is released, and notes when it begins and ends. */
function held(seen: string[], name: string) {
  let release: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (release = resolve));
  const task = async () => {
    seen.push(`${name} begins`);
    await ended;
    seen.push(`${name} ends`);
  };
  return { task, release };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

it("runs the tasks of one channel one at a time, in order, and continues after one that throws", async () => {
  const seen: string[] = [];
  const queue = new SessionQueue((cause) => seen.push(`reported ${String(cause)}`));
  const first = held(seen, "first");
  queue.push("a", first.task);
  queue.push("a", () => {
    throw "a throw";
  });
  queue.push("a", () => Promise.reject("a rejection"));
  const done = new Promise<void>((resolve) => queue.push("a", resolve));
  expect(seen).toEqual(["first begins"]);
  expect(queue.waiting).toBe(3);
  first.release();
  await done;
  expect(seen).toEqual(["first begins", "first ends", "reported a throw", "reported a rejection"]);
  expect(queue.waiting).toBe(0);
});

it("lets no channel wait for another, and nothing unordered wait for either", () => {
  const seen: string[] = [];
  const queue = new SessionQueue(() => undefined);
  queue.push("slow", held(seen, "slow").task);
  queue.push("quick", () => void seen.push("quick"));
  queue.pushUnordered(() => void seen.push("unordered"));
  expect(seen).toEqual(["slow begins", "quick", "unordered"]);
});

it("holds a barrier until all before it have ended, and all behind it until it has ended", async () => {
  const seen: string[] = [];
  const queue = new SessionQueue(() => undefined);
  const [before, barrier] = [held(seen, "before"), held(seen, "barrier")];
  queue.push("a", before.task);
  queue.push("a", () => void seen.push("second of a"));
  queue.pushBarrier(barrier.task);
  queue.push("b", () => void seen.push("behind"));
  queue.pushUnordered(() => void seen.push("unordered behind"));
  queue.pushBarrier(() => void seen.push("second barrier"));
  queue.push("b", () => void seen.push("last"));
  expect(seen).toEqual(["before begins"]);
  before.release();
  await settle();
  expect(seen).toEqual(["before begins", "before ends", "second of a", "barrier begins"]);
  barrier.release();
  await settle();
  expect(seen.slice(4)).toEqual(["barrier ends", "behind", "unordered behind", "second barrier", "last"]);
});

it("keeps the order of a channel for what is pushed while its task runs", () => {
  const seen: string[] = [];
  const queue = new SessionQueue(() => undefined);
  queue.push("a", () => {
    queue.push("a", () => void seen.push("inner"));
    seen.push("outer");
  });
  expect(seen).toEqual(["outer", "inner"]);
});
