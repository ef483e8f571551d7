import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { Refresher } from "./refresher.js";

/** A refresher whose runs take `tookMs`, with the time at which each began, and whether it was periodic. */
async function started({
  tookMs = 0,
  everyMs = 1_000,
  failure,
}: {
  tookMs?: number;
  everyMs?: number;
  failure?: Error;
}) {
  const clock = new FakeClock();
  const runs: string[] = [];
  const errors: unknown[] = [];
  let isFirst = true;
  const run = async (isPeriodic: boolean) => {
    if (isFirst) return void (isFirst = false);
    runs.push(`${clock.monotonic() - 25}${isPeriodic ? " periodic" : ""}`);
    if (tookMs > 0) await new Promise<void>((resolve) => clock.after(tookMs, resolve));
    if (failure) throw failure;
  };
  const refresher = new Refresher({ clock, everyMs, run, onError: (cause) => errors.push(cause) });
  await refresher.start();
  await clock.advanceAsync(25); // the pause after the start: time is counted from here
  return { clock, runs, errors, refresher };
}

it("runs at once when it is requested, and then after a pause, however often it is requested", async () => {
  const { clock, runs, refresher } = await started({});
  for (let count = 0; count < 1_000; count += 1) {
    refresher.request();
    await clock.advanceAsync(0);
  }
  expect(runs).toEqual(["0"]);
  await clock.advanceAsync(100);
  expect(runs).toEqual(["0", "25"]);
  refresher.request();
  await clock.advanceAsync(0);
  expect(runs).toEqual(["0", "25", "100"]);
});

it("pauses three times as long as a run has taken, and keeps a request that arrives during the run", async () => {
  const { clock, runs, refresher } = await started({ tookMs: 50 });
  refresher.request();
  await clock.advanceAsync(10);
  refresher.request();
  await clock.advanceAsync(189);
  expect(runs).toEqual(["0"]);
  await clock.advanceAsync(1);
  expect(runs).toEqual(["0", "200"]);
});

it("runs at its intervals while it is requested all the time", async () => {
  const { clock, runs, refresher } = await started({ everyMs: 100 });
  for (let ms = 0; ms < 250; ms += 10) {
    refresher.request();
    await clock.advanceAsync(10);
  }
  expect(runs.filter((run) => run.endsWith("periodic"))).toEqual(["75 periodic", "175 periodic"]);
});

it("continues after a run that failed, and not after it was stopped", async () => {
  const failure = new Error("away");
  const { clock, runs, errors, refresher } = await started({ failure });
  await clock.advanceAsync(2_000);
  expect([runs, errors]).toEqual([
    ["975 periodic", "1975 periodic"],
    [failure, failure],
  ]);
  await refresher.stop();
  refresher.request();
  await clock.advanceAsync(2_000);
  expect(runs).toHaveLength(2);
});
