import { expect, it } from "vitest";
import type { ContenderName } from "../contender-name.js";
import { SCENARIOS } from "../scenarios/scenarios.js";
import { headlineOf } from "./headline.js";

const resultOf = (name: string, label: string, values: Partial<Record<ContenderName, number>>) =>
  SCENARIOS.filter((scenario) => scenario.name === name).map((scenario) => ({
    scenario,
    rows: [{ label, values: new Map(Object.entries(values) as [ContenderName, number][]) }],
  }));

it("quotes ratios as they are, the poor ones too, and a dash where nothing was measured", () => {
  const values = { ws: 9, "Fourgate ws": 10, "Socket.IO": 9, "Fourgate Socket.IO": 2, SSE: 8, "Fourgate SSE": 2 };
  const headline = headlineOf(resultOf("fan-out", "1000 subscribers, 100 B, 8 in flight", values));
  expect(headline).toContain("**0.9×** with 8 messages in flight, **–×** with 128 and **–×** with one");
  expect(headline).toContain("With 8 in flight, **4.5×** beside plain Socket.IO and **4×** beside a plain SSE server");
});

it("quotes the client's message beside both, and the bytes", () => {
  const chat = resultOf("client-to-client", "251 pairs, with ids", {
    ws: 30,
    "Hand-written ws": 60,
    "Fourgate ws": 40,
  });
  const bytes = resultOf("bytes", "with history, beyond the payload", { "Fourgate ws": 47 });
  const headline = headlineOf([...chat, ...bytes]);
  expect(headline).toContain("through every gate, **0.75×**");
  expect(headline).toContain("written by hand **1.5×**");
  expect(headline).toContain("adds **47** bytes");
});

it("names only rows that a whole run measures", () => {
  const labels = SCENARIOS.flatMap((scenario) => scenario.labels("full"));
  expect(labels).toEqual(
    expect.arrayContaining([
      "1000 subscribers, 100 B, 1 in flight",
      "1000 subscribers, 100 B, 8 in flight",
      "1000 subscribers, 100 B, 128 in flight",
      "1000 channels × 5",
      "251 pairs, with ids",
      "1000 more clients",
      "with history, beyond the payload",
    ]),
  );
});
