import { entityConflict } from "@repo/realtime-entities";
import { expect, it } from "vitest";
import { refuseTask } from "./refuse-task.js";
import { TASK_REASONS, taskRefusalOf } from "./task-refusal.js";

const codes = Object.keys(TASK_REASONS) as (keyof typeof TASK_REASONS)[];

it.each(codes)("reads %s back from what reaches a page", (code) => {
  const { message } = refuseTask(code).toWire();
  expect(taskRefusalOf(new Error(message))).toEqual({ code, reason: TASK_REASONS[code] });
});

it("says of a staff card what was tried", () => {
  const { message } = refuseTask("STAFF_CARD", "Only staff may delete a staff card.").toWire();
  expect(taskRefusalOf(new Error(message))?.reason).toBe("Only staff may delete a staff card.");
});

it("reads a conflict, and spares people the card's id", () => {
  const { message } = entityConflict("a").toWire();
  expect(taskRefusalOf(new Error(message))).toEqual({ code: "CONFLICT", reason: TASK_REASONS.CONFLICT });
});

it.each([
  new Error("NOT_SUBSCRIBED"),
  new Error("no (ODD: thing)"),
  new Error("no (constructor: x)"),
  "text",
  undefined,
])("has nothing to say of %s", (error) => {
  expect(taskRefusalOf(error)).toBeUndefined();
});
