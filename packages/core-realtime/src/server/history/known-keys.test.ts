import { expect, it } from "vitest";
import { KnownKeys } from "./known-keys.js";

const at = (offset: number) => ({ epoch: "e", offset });

it("returns the position of the first message under a key, until its time", () => {
  const keys = new KnownKeys();
  keys.add("k", at(1), 10);
  keys.add(undefined, at(2), 10);
  expect(keys.find("k", 9)).toEqual(at(1));
  expect([keys.find("k", 10), keys.find("other", 9), keys.find(undefined, 9)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(keys.size).toBe(1);
});

it("counts its bytes down to nothing as keys expire or are dropped", () => {
  const keys = new KnownKeys();
  for (let n = 0; n < 10; n += 1) keys.add(`k${n}`, at(n), n);
  const { bytes } = keys;
  keys.trim(4);
  expect(keys.bytes).toBe(bytes / 2);
  expect([keys.find("k4", 0), keys.find("k5", 0)?.offset]).toEqual([undefined, 5]);
  keys.dropOldest();
  expect(keys.find("k5", 0)).toBeUndefined();
  keys.trim(100);
  expect([keys.size, keys.bytes]).toEqual([0, 0]);
});
