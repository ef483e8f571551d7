import { expect, it } from "vitest";
import { readOptions } from "./options.js";
import { fanOut } from "./scenarios/fan-out.js";
import { SCENARIOS } from "./scenarios/scenarios.js";

const read = (...args: string[]) => readOptions(args, SCENARIOS);

it("measures everything five times by default", () => {
  expect(read()).toMatchObject({ scale: "full", repeats: 5, wantsC: true, writes: false, profiles: false });
  expect(read().contenders).toHaveLength(8);
  expect(read().filter.labelsOf(fanOut, "full")).toEqual(fanOut.labels("full"));
});

it("measures once with --quick", () => {
  expect(read("--quick")).toMatchObject({ scale: "quick", repeats: 1 });
});

it("keeps a baseline before those that are measured against it, in whatever order they were named", () => {
  expect(read("--contender", "Fourgate ws", "--contender", "ws").contenders).toEqual(["ws", "Fourgate ws"]);
});

it("profiles what --profile names, and measures nothing else", () => {
  const { profiles, filter } = read("--profile", "client → client");
  expect(profiles).toBe(true);
  expect(SCENARIOS.filter((each) => filter.labelsOf(each, "full").length > 0).map(({ name }) => name)).toEqual([
    "client-to-client",
  ]);
});

it.each([["--quick"], ["--only", "fan-out"], ["--profile", "fan-out"], ["--contender", "ws"]])(
  "writes no part of a run: %s",
  (...args) => {
    expect(() => read("--write", ...args)).toThrow("--write takes a whole run");
    expect(read("--write").writes).toBe(true);
  },
);

it("lists what there is where nothing fits", () => {
  expect(() => read("--only", "fanout")).toThrow('Nothing contains "fanout". There are:\n  Client → client');
});

it.each([
  ["--contender", "uws"],
  ["--repeats", "0"],
  ["--repeats", "some"],
])("refuses %s %s", (option, value) => {
  expect(() => read(option, value)).toThrow(TypeError);
});
