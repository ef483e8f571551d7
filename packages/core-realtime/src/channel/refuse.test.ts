import { expect, it } from "vitest";
import { z } from "zod";
import { RealtimeError } from "../wire/realtime-error.js";
import { defineRealtimeChannel } from "./define-realtime-channel.js";
import { isRefusal, refuse } from "./refuse.js";

const base = { scope: "public", payload: z.string() } as const;
const board = defineRealtimeChannel({
  ...base,
  name: "board",
  errors: { CONFLICT: z.object({ version: z.number() }), FULL: z.object({ max: z.number() }) },
});
const quiet = defineRealtimeChannel({ ...base, name: "quiet" });

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

it("recognises what was refused, by the code and by the channel that declares it", () => {
  const error = thrownBy(() => refuse(board, "CONFLICT", { version: 7 }));
  expect(error).toMatchObject({ code: "REFUSED", reason: "CONFLICT", data: { version: 7 } });
  expect(isRefusal(error, board, "CONFLICT")).toBe(true);
  expect(isRefusal<typeof board, "CONFLICT">(error, undefined, "CONFLICT")).toBe(true);
  expect(isRefusal(error, board, "FULL")).toBe(false);
  expect(isRefusal(error, quiet as unknown as typeof board, "CONFLICT")).toBe(false);
});

it.each([
  undefined,
  null,
  "CONFLICT",
  { reason: "CONFLICT" },
  new RealtimeError("UNAUTHORIZED", { reason: "CONFLICT" }),
  Object.assign(new Error("abort"), { reason: "CONFLICT", code: "ABORT_ERR" }),
])("takes %o for no refusal", (error) => {
  expect(isRefusal(error, board, "CONFLICT")).toBe(false);
  expect(isRefusal<typeof board, "CONFLICT">(error, undefined, "CONFLICT")).toBe(false);
});

it("throws a TypeError where the code is not declared, or the data do not fit", () => {
  expect(() => refuse(board, "GONE" as "FULL", { max: 1 })).toThrow(/declares no error "GONE"/);
  expect(() => refuse(board, "FULL", { max: "1" } as never)).toThrow(/FULL of "board" takes other data/);
});
