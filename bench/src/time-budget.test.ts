import { expect, it } from "vitest";
import { TimeBudget } from "./time-budget.js";

it("is late after seven tenths of its limit, and stays late", () => {
  let now = 1_000;
  const budget = new TimeBudget("full", () => now);
  now += 10.4 * 60_000;
  expect([budget.isLate(), budget.note]).toEqual([false, ""]);
  now += 0.2 * 60_000;
  expect(budget.isLate()).toBe(true);
  expect(budget.note).toContain("after 10.5 minutes was measured once");
});

it("gives a developer's look two minutes, and a whole run fifteen", () => {
  expect(new TimeBudget("quick", () => 0).limitMs).toBe(120_000);
  expect(new TimeBudget("full", () => 0).limitMs).toBe(900_000);
});

it("is over at its limit", () => {
  let now = 0;
  const budget = new TimeBudget("quick", () => now);
  now = 120_000;
  expect(budget.isOver()).toBe(false);
  now += 1;
  expect(budget.isOver()).toBe(true);
});
