import { expect, it } from "vitest";
import { KnownKeys } from "./known-keys.js";

const receipt = (id: string) => ({ id, repeated: false });

it("gives the first receipt back, marked as a repetition, until its time", () => {
  const keys = new KnownKeys();
  keys.add("k", receipt("1"), 10);
  keys.add(undefined, receipt("2"), 10);
  expect(keys.find("k", 9)).toEqual({ id: "1", repeated: true });
  expect([keys.find("k", 10), keys.find("other", 9), keys.find(undefined, 9)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(keys.size).toBe(1);
});

it("counts its bytes down to nothing as keys expire or are dropped", () => {
  const keys = new KnownKeys();
  for (let n = 0; n < 10; n += 1) keys.add(`k${n}`, receipt(`${n}`), n);
  const { bytes } = keys;
  keys.trim(4);
  expect(keys.bytes).toBe(bytes / 2);
  expect([keys.find("k4", 0), keys.find("k5", 0)?.id]).toEqual([undefined, "5"]);
  keys.dropOldest();
  expect(keys.find("k5", 0)).toBeUndefined();
  keys.trim(100);
  expect([keys.size, keys.bytes]).toEqual([0, 0]);
});
