import { expect, it } from "vitest";
import { KeyedSerialQueue } from "./keyed-serial-queue.js";

it("runs a synchronous task at once where the queue is free, and in order where it is not", async () => {
  const [line, seen] = [new KeyedSerialQueue(), [] as string[]];
  expect(line.push("a", () => seen.push("a1"))).toBe(1);
  let release: () => void = () => undefined;
  const slow = line.push("a", () => new Promise<void>((resolve) => (release = resolve)));
  const quick = line.push("a", () => seen.push("a2"));
  expect(seen).toEqual(["a1"]);
  release();
  await slow;
  expect(await quick).toBe(2);
});

it("runs one key's tasks in order, one at a time, past one that fails, and lets other keys go ahead", async () => {
  const [line, seen] = [new KeyedSerialQueue(), [] as string[]];
  let release: () => void = () => undefined;
  const first = line.push("a", async () => {
    await new Promise<void>((resolve) => (release = resolve));
    seen.push("a1");
    throw new Error("a1 failed");
  });
  const second = line.push("a", async () => seen.push("a2"));
  await line.push("b", async () => seen.push("b1"));
  expect(seen).toEqual(["b1"]);
  release();
  await expect(first).rejects.toThrow("a1 failed");
  expect(await second).toBe(3);
  expect(seen).toEqual(["b1", "a1", "a2"]);
});
