import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { FlushScheduler } from "./flush-scheduler.js";
import { frame } from "./queue-under-test.js";

it("flushes each queue in the order of the calls, and one that is added meanwhile in the next turn", () => {
  const [scheduler, flushed] = [new FlushScheduler<Buffer>(), [] as string[]];
  const late = { flush: () => flushed.push("late") };
  const early = {
    flush() {
      flushed.push("early");
      scheduler.add(late);
    },
  };
  scheduler.add(early);
  scheduler.add({ flush: () => flushed.push("second") });
  scheduler.flush();
  expect(flushed).toEqual(["early", "second"]);
  scheduler.flush();
  expect(flushed).toEqual(["early", "second", "late"]);
});

it("calls what was to come after the flush once every queue has written, also where no queue has anything", async () => {
  const [scheduler, order] = [new FlushScheduler<Buffer>(), [] as string[]];
  scheduler.afterFlush(() => order.push("after"));
  scheduler.add({ flush: () => order.push("queue") });
  await setImmediate();
  expect(order).toEqual(["queue", "after"]);
  scheduler.afterFlush(() => order.push("alone"));
  await setImmediate();
  expect(order).toEqual(["queue", "after", "alone"]);
});

it("flushes in the next turn what a queue adds while something comes after the flush", async () => {
  const [scheduler, flushed] = [new FlushScheduler<Buffer>(), [] as string[]];
  scheduler.afterFlush(() => flushed.push("after"));
  scheduler.add({ flush: () => scheduler.add({ flush: () => flushed.push("late") }) });
  await setImmediate();
  await setImmediate();
  expect(flushed).toEqual(["after", "late"]);
});

it("keeps no frame once the turn is over", () => {
  const [scheduler, sent] = [new FlushScheduler<Buffer>(), frame("sent")];
  const before = scheduler.start.with(sent);
  expect(scheduler.start.with(sent)).toBe(before);
  scheduler.flush();
  expect(scheduler.start.with(sent)).not.toBe(before);
});
