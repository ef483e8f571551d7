import { expect, it } from "vitest";
import { FakeClock } from "./fake-clock";

it("stands still until it is moved", () => {
  const clock = new FakeClock(1_000);
  expect([clock.now(), clock.monotonic()]).toEqual([1_000, 0]);
  clock.advance(250);
  expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250]);
});

it("runs what is due in the order of its time, each at its own moment, and nothing that is not due", () => {
  const clock = new FakeClock();
  const log: string[] = [];
  const note = (name: string) => () => log.push(`${name} at ${clock.monotonic()}`);
  clock.after(30, note("third"));
  clock.after(10, note("first"));
  clock.after(10, note("second, set later"));
  clock.after(31, note("not due"));
  clock.advance(30);
  expect(log).toEqual(["first at 10", "second, set later at 10", "third at 30"]);
  expect(clock.waiting).toBe(1);
});

it("runs what a timer sets, if that is due too", () => {
  const clock = new FakeClock();
  const rings: number[] = [];
  const ring = () => {
    rings.push(clock.monotonic());
    clock.after(10, ring);
  };
  clock.after(10, ring);
  clock.advance(35);
  expect(rings).toEqual([10, 20, 30]);
});

it("does not run what was undone, even by a timer of the same moment", () => {
  const clock = new FakeClock();
  const log: string[] = [];
  clock.after(10, () => undoSecond());
  const undoSecond = clock.after(10, () => log.push("second"));
  clock.after(5, () => log.push("undone"))();
  clock.advance(20);
  expect(log).toEqual([]);
});

it("takes a timer of the past for one of now", () => {
  const clock = new FakeClock();
  const rings: number[] = [];
  clock.advance(100);
  clock.after(-50, () => rings.push(clock.monotonic()));
  clock.advance(0);
  expect(rings).toEqual([100]);
});

it("lets promises go on between two timers when it is advanced asynchronously", async () => {
  const clock = new FakeClock();
  const log: string[] = [];
  const sleep = async (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  void (async () => {
    await sleep(10);
    log.push(`woke at ${clock.monotonic()}`);
    await sleep(10);
    log.push(`woke at ${clock.monotonic()}`);
  })();
  await clock.advanceAsync(30);
  expect(log).toEqual(["woke at 10", "woke at 20"]);
});

it("jumps the wall clock without touching timers or the monotonic one", () => {
  const clock = new FakeClock(1_000);
  let rings = 0;
  clock.after(10, () => (rings += 1));
  clock.jump(3_600_000);
  clock.jump(-500);
  expect([clock.now(), clock.monotonic(), rings]).toEqual([3_600_500, 0, 0]);
});

it("refuses to go back, and names the method to call", () => {
  expect(() => new FakeClock().advance(-1)).toThrow(/use jump\(-1\)/);
});
