import { expect, it } from "vitest";
import type { Clock } from "../../seams/clock.js";
import { withDeadline } from "./deadline.js";

/** A clock of one timer. */
function stage() {
  let ring: (() => void) | undefined;
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(_ms, run) {
      ring = run;
      return () => (ring = undefined);
    },
  };
  return {
    deadline: { clock, ms: 1_000, code: "HANDLER_TIMEOUT" } as const,
    ring: () => ring?.(),
    isSet: () => ring !== undefined,
  };
}

it("hands on what came in time, well or ill, and stops its timer", async () => {
  const { deadline, isSet } = stage();
  expect(await withDeadline(deadline, async () => "in time")).toBe("in time");
  expect(isSet()).toBe(false);
  await expect(withDeadline(deadline, () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  expect(isSet()).toBe(false);
});

it("throws its code when the time is over, and aborts the signal", async () => {
  const { deadline, ring } = stage();
  let signal: AbortSignal | undefined;
  const result = withDeadline(deadline, (signalOf) => {
    signal = signalOf();
    return new Promise(() => undefined);
  });
  expect(signal?.aborted).toBe(false);
  ring();
  await expect(result).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(signal?.aborted).toBe(true);
});

it("hands an aborted signal to who asks only when the time is over", async () => {
  const { deadline, ring } = stage();
  let ask: () => AbortSignal = () => AbortSignal.abort("never handed out");
  const result = withDeadline(deadline, (signalOf) => {
    ask = signalOf;
    return new Promise(() => undefined);
  });
  ring();
  await expect(result).rejects.toThrow();
  expect(ask().reason).toMatchObject({ code: "HANDLER_TIMEOUT" });
  expect(ask()).toBe(ask());
});
