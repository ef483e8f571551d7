import { expect, it } from "vitest";
import type { Clock } from "../../seams/clock.js";
import { withDeadline } from "./deadline.js";
import { DeadlineQueue } from "./deadline-queue.js";

/** A clock that a test moves, and how many timers it was given. */
function fixture() {
  const timers = new Set<{ readonly due: number; readonly run: () => void }>();
  const state = { now: 0, timersSet: 0 };
  const clock: Clock = {
    now: () => state.now,
    monotonic: () => state.now,
    after(ms, run) {
      const timer = { due: state.now + ms, run };
      state.timersSet += 1;
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const advance = (ms: number) => {
    state.now += ms;
    for (const timer of timers) {
      if (timer.due > state.now) continue;
      timers.delete(timer);
      timer.run();
    }
  };
  const deadlines = new DeadlineQueue(clock);
  const deadline = { deadlines, ms: 1_000, code: "HANDLER_TIMEOUT" } as const;
  return { deadline, advance, state, waiting: () => deadlines.waiting };
}
const never = () => new Promise<never>(() => undefined);

it("passes on what comes in time, and holds no deadline after it", async () => {
  const { deadline, waiting } = fixture();
  expect(await withDeadline(deadline, async () => "in time")).toBe("in time");
  expect(waiting()).toBe(0);
  await expect(withDeadline(deadline, () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  expect(waiting()).toBe(0);
});

it("returns at once what comes at once, without a timer", () => {
  const { deadline, state } = fixture();
  expect(withDeadline(deadline, () => "at once")).toBe("at once");
  const fails = () =>
    withDeadline(deadline, () => {
      throw new Error("at once");
    });
  expect(fails).toThrow("at once");
  expect(state.timersSet).toBe(0);
});

it("waits for a promise that is not the language's own", async () => {
  const { deadline, advance } = fixture();
  const query = { then: (resolve: (rows: string) => void) => resolve("rows") } as PromiseLike<string>;
  expect(await withDeadline<string>(deadline, () => query as Promise<string>)).toBe("rows");
  const hung = withDeadline<string>(deadline, () => ({ then: () => undefined }) as unknown as Promise<string>);
  advance(1_000);
  await expect(hung).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
});

it("throws its code when the time is over, and aborts the signal", async () => {
  const { deadline, advance } = fixture();
  let signal: AbortSignal | undefined;
  const result = withDeadline(deadline, (signalOf) => {
    signal = signalOf();
    return never();
  });
  advance(999);
  expect(signal?.aborted).toBe(false);
  advance(1);
  await expect(result).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(signal?.aborted).toBe(true);
});

it("gives an aborted signal to a reader that comes when the time is over", async () => {
  const { deadline, advance } = fixture();
  let ask: () => AbortSignal = () => AbortSignal.abort("never handed out");
  const result = withDeadline(deadline, (signalOf) => {
    ask = signalOf;
    return never();
  });
  advance(1_000);
  await expect(result).rejects.toThrow();
  expect(ask().reason).toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(ask()).toBe(ask());
});

it("sets one timer for a thousand deadlines, and each passes at its own time", async () => {
  const { deadline, advance, state, waiting } = fixture();
  const passed: number[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const raced = withDeadline({ ...deadline, ms: 1_000 + n }, never);
    void Promise.resolve(raced).catch(() => passed.push(n));
  }
  expect([state.timersSet, waiting()]).toEqual([1, 1_000]);
  advance(1_499);
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect([passed.length, waiting()]).toEqual([500, 500]);
  advance(500);
  expect(waiting()).toBe(0);
});

it("honours a deadline that is shorter than those that wait already", async () => {
  const { deadline, advance } = fixture();
  void Promise.resolve(withDeadline(deadline, never)).catch(() => undefined);
  const short = withDeadline({ ...deadline, ms: 10 }, never);
  advance(10);
  await expect(short).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
});
