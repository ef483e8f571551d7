import { expect, it } from "vitest";
import type { ContenderName } from "./contender-name.js";
import { headlineOf } from "./headline.js";
import type { Answer } from "./scenario.js";
import { fanOut } from "./scenarios/fan-out.js";

const row = (label: string, values: readonly (readonly [ContenderName, number])[]) => ({
  label,
  values: new Map(values),
});
const fanOuts: Answer = {
  scenario: fanOut,
  rows: [
    row("1000 subscribers, 100 B, 8 in flight", [
      ["ws", 10],
      ["Fourgate ws", 1],
      ["Socket.IO", 9],
      ["Fourgate Socket.IO", 2],
    ]),
    row("1000 subscribers, 100 B, 1 in flight", [
      ["ws", 9],
      ["Fourgate ws", 10],
    ]),
  ],
};

it("quotes ratios as they are, the poor ones too, and a dash where nothing was measured", () => {
  const headline = headlineOf([fanOuts]);
  expect(headline).toContain("**10×** with 8 messages in flight, **–×** with 128 and **0.9×** with one");
  expect(headline).toContain("Beside plain Socket.IO, **4.5×** with 8 in flight");
});
