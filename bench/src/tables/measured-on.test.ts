import { expect, it } from "vitest";
import { measuredOn } from "./measured-on.js";

it("names the day and the commit of a run", () => {
  expect(measuredOn(new Date("2026-11-30T22:00:00Z"), () => "ea0f221")).toBe("2026-11-30, commit ea0f221");
  expect(measuredOn()).toMatch(/^\d{4}-\d\d-\d\d, commit \w+$/);
});
