import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { ExpiringMap } from "./expiring-map.js";

const one = (until: number, bytes = 1) => ({ until, bytes });

it("forgets an entry at its time and not before, and counts what it holds", () => {
  const map = new ExpiringMap<string, number>();
  map.set("a", 1, one(10, 5));
  map.set("b", 2, one(20, 7));
  expect([map.get("a", 9), map.get("a", 10), map.bytes]).toEqual([1, undefined, 12]);
  map.trim(10);
  expect([map.get("a", 9), map.get("b", 10), map.size, map.bytes]).toEqual([undefined, 2, 1, 7]);
});

it("gives an entry that is set again a new age, and one that is replaced its old one", () => {
  const map = new ExpiringMap<string, number>();
  map.set("again", 1, one(10));
  map.set("replaced", 1, one(10));
  map.set("again", 2, one(20));
  map.replace("replaced", 1, { value: 2, bytes: 9 });
  map.replace("replaced", 1, { value: 3, bytes: 99 }); // it is 2 by now
  expect([map.get("replaced", 9), map.bytes]).toEqual([2, 10]);
  map.trim(15);
  expect([map.get("again", 15), map.get("replaced", 9), map.bytes]).toEqual([2, undefined, 1]);
});

it("drops the oldest first, whatever was deleted or set again meanwhile", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom("set", "delete", "drop"), fc.integer({ min: 0, max: 9 })));
  fc.assert(
    fc.property(steps, (all) => {
      const map = new ExpiringMap<number, number>();
      const model = new Map<number, number>();
      for (const [step, key] of all) {
        if (step === "drop") {
          expect(map.dropOldest()).toBe(model.size > 0);
          for (const oldest of model.keys()) {
            model.delete(oldest);
            break;
          }
          continue;
        }
        map.delete(key);
        model.delete(key);
        if (step === "delete") continue;
        map.set(key, key, one(1));
        model.set(key, key);
      }
      expect([map.size, map.bytes]).toEqual([model.size, model.size]);
      for (let key = 0; key < 10; key += 1) expect(map.get(key, 0)).toBe(model.get(key));
    }),
    { numRuns: 500 },
  );
});

it("iterates over no map, and holds no queue of what was deleted", () => {
  const walks = ([Symbol.iterator, "keys", "values", "entries", "forEach"] as const).map((name) =>
    vi.spyOn(Map.prototype, name),
  );
  const filtered = vi.spyOn(Array.prototype, "filter");
  const map = new ExpiringMap<number, number>();
  for (let n = 0; n < 10_000; n += 1) {
    map.set(n, n, one(n + 100));
    map.trim(n);
    if (n % 2) map.delete(n);
  }
  const copied = filtered.mock.contexts.reduce((sum: number, queue) => sum + (queue as unknown[]).length, 0);
  const walked = walks.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  vi.restoreAllMocks();
  expect(walked).toBe(0);
  expect(copied).toBeLessThan(40_000);
  expect(map.size).toBe(50);
});
