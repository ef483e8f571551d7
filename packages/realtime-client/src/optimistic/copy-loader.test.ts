import { FakeClock } from "@repo/core-testing";
import { expect, it, vi } from "vitest";
import { deferred } from "../testing/deferred.js";
import { CopyLoader } from "./copy-loader.js";

it("has a copy within 10 s once loading works, however long it did not", async () => {
  const clock = new FakeClock();
  let works = false;
  const loadedAt: number[] = [];
  const load = async () => {
    if (!works) throw new Error("offline");
    loadedAt.push(clock.now());
  };
  const onError = vi.fn();
  new CopyLoader({ load, onError, clock, random: () => 0.999 }).start();
  await clock.advanceAsync(3_600_000);
  works = true;
  await clock.advanceAsync(10_000);
  expect([loadedAt.length, onError.mock.calls.length]).toEqual([1, 1]);
  expect(clock.waiting).toBe(0);
});

it("does not let a failure of an earlier load begin another", async () => {
  const clock = new FakeClock();
  const slow = deferred<undefined>();
  const load = vi.fn(async () => undefined).mockReturnValueOnce(slow.promise);
  const loader = new CopyLoader({ load, onError: vi.fn(), clock, random: () => 0.5 });
  loader.start();
  loader.start();
  slow.reject(new Error("late"));
  await clock.advanceAsync(60_000);
  expect(load).toHaveBeenCalledTimes(2);
});
