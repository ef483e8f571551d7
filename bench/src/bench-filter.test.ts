import { expect, it } from "vitest";
import { BenchFilter } from "./bench-filter.js";
import { clientToClient } from "./scenarios/client-to-client.js";
import { fanOut } from "./scenarios/fan-out.js";
import { SCENARIOS } from "./scenarios/scenarios.js";

it("selects everything where nothing is named", () => {
  const filter = new BenchFilter([]);
  for (const scenario of SCENARIOS) expect(filter.labelsOf(scenario, "full")).toEqual(scenario.labels("full"));
});

it("finds whole words of a label", () => {
  const labels = new BenchFilter(["8 in flight"]).labelsOf(fanOut, "full");
  expect(labels).toContain("1000 subscribers, 100 B, 8 in flight");
  expect(labels.filter((label) => label.includes("128"))).toEqual([]);
});

it.each(["client → client", "Client -> client", "client to client", "client-to-client"])(
  "finds a scenario by its title or name: %s",
  (part) => {
    const filter = new BenchFilter([part]);
    expect(filter.labelsOf(clientToClient, "full")).toEqual(clientToClient.labels("full"));
    expect(filter.labelsOf(fanOut, "full")).toEqual([]);
  },
);

it("finds no part of a word", () => {
  const filter = new BenchFilter(["connect"]);
  const found = SCENARIOS.filter((scenario) => filter.labelsOf(scenario, "full").length > 0);
  expect(found.map(({ name }) => name)).toEqual(["connect"]);
});

it("finds what any of several parts names", () => {
  const filter = new BenchFilter(["1 in flight", "memory"]);
  const found = SCENARIOS.filter((scenario) => filter.labelsOf(scenario, "full").length > 0);
  expect(found.map(({ name }) => name)).toEqual(["fan-out", "memory"]);
});
