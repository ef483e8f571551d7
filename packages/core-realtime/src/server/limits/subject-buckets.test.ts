import { expect, it } from "vitest";
import { SubjectBuckets } from "./subject-buckets.js";
import { twice } from "./token-bucket.js";

/** Takes until it is refused; how many that were. */
function drained(buckets: SubjectBuckets, subject: string, now: number): number {
  let taken = 0;
  while (taken < 1_000 && buckets.of(subject, now).take(now) === 0) taken += 1;
  return taken;
}

it("keeps a subject's bucket until it is full again, however many others come", () => {
  const buckets = new SubjectBuckets(twice(10));
  expect(drained(buckets, "mia", 0)).toBe(20);
  for (let ms = 100; ms <= 1_900; ms += 100) drained(buckets, `other${ms}`, ms);
  expect(drained(buckets, "mia", 1_900)).toBe(19);
  expect(drained(buckets, "sam", 1_900)).toBe(20);
});

it("gives away no more than the rate over ten seconds, however a subject spreads it", () => {
  for (const everyMs of [1, 70, 999, 2_000, 3_999]) {
    const buckets = new SubjectBuckets(twice(10));
    let taken = 0;
    for (let ms = 0; ms < 10_000; ms += everyMs) taken += drained(buckets, "mia", ms);
    expect(taken).toBeLessThanOrEqual(120);
  }
});

it("holds no subject that has been away for long", () => {
  const buckets = new SubjectBuckets(twice(10));
  for (let n = 0; n < 1_000; n += 1) drained(buckets, `u${n}`, n);
  drained(buckets, "mia", 60_000);
  expect(buckets.size).toBe(1);
});

it("holds a bounded number of subjects", () => {
  const buckets = new SubjectBuckets(twice(10), 100);
  for (let n = 0; n < 10_000; n += 1) {
    drained(buckets, `u${n}`, 0);
    expect(buckets.size).toBeLessThanOrEqual(100);
  }
});
