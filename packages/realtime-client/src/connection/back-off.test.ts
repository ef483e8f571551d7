import fc from "fast-check";
import { expect, it } from "vitest";
import { backOffMs } from "./back-off.js";

const attempts = fc.integer({ min: 0, max: 2_000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it("waits anywhere between nothing and a limit that doubles up to five seconds", () => {
  fc.assert(
    fc.property(attempts, chance, (attempt, random) => {
      const ms = backOffMs(attempt, random);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThan(Math.min(5_000, 500 * 2 ** attempt));
    }),
  );
});

it("uses the whole of it: a thousand clients spread evenly", () => {
  const fifths = [0, 0, 0, 0, 0];
  for (let client = 0; client < 1_000; client += 1) {
    const fifth = Math.floor((backOffMs(4, client / 1_000) / 5_000) * 5);
    fifths[fifth] = (fifths[fifth] ?? 0) + 1;
  }
  expect(fifths).toEqual([200, 200, 200, 200, 200]);
});
