import { expect, it } from "vitest";
import { readOptions } from "./options.js";

const read = (...args: string[]) => readOptions(args, ["fan-out", "memory"]);

it("measures everything five times unless told", () => {
  expect(read()).toMatchObject({ isQuick: false, only: [], repeats: 5, wantsC: true, writes: false });
  expect(read().contenders).toHaveLength(4);
});

it("looks once where it is to be quick", () => {
  expect(read("--quick")).toMatchObject({ isQuick: true, repeats: 1 });
});

it("keeps a baseline before whom it is for, in whatever order they were named", () => {
  expect(read("--contender", "Fourgate ws", "--contender", "ws").contenders).toEqual(["ws", "Fourgate ws"]);
});

it.each([["--quick"], ["--only", "fan-out"], ["--contender", "ws"]])("writes no part of a run: %s", (...args) => {
  expect(() => read("--write", ...args)).toThrow("--write takes a whole run");
  expect(read("--write").writes).toBe(true);
});

it.each([
  ["--only", "fanout"],
  ["--contender", "uws"],
  ["--repeats", "0"],
  ["--repeats", "some"],
])("refuses %s %s", (option, value) => {
  expect(() => read(option, value)).toThrow(TypeError);
});
