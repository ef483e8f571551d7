import { expect, it } from "vitest";
import { parseArguments } from "./parse-arguments.js";
import { Refusal } from "./refusal.js";

it.each([
  [["feature", "orders"], { generator: "feature", feature: "orders" }],
  [
    ["channel", "orders", "status", "public"],
    { generator: "channel", feature: "orders", slug: "status", scope: "public" },
  ],
  [["sql-channel", "orders", "order:%"], { generator: "sql-channel", feature: "orders", pattern: "order:%" }],
  [["live", "orders", "board"], { generator: "live", feature: "orders", page: "board" }],
  [["live-table", "orders", "order_notes"], { generator: "live-table", feature: "orders", table: "order_notes" }],
  [["handler", "orders", "status"], { generator: "handler", feature: "orders", slug: "status", sample: undefined }],
  [
    ["handler", "orders", "status", "--sample", "1"],
    { generator: "handler", feature: "orders", slug: "status", sample: "1" },
  ],
  [["core-package", "realtime"], { generator: "core-package", name: "realtime", mode: "package", keep: [] }],
])("reads %j", (args, input) => {
  expect(parseArguments(args)).toEqual({ input, isDryRun: false, root: undefined, from: undefined });
});

it("knows a dry run by its option and by its word, which turbo lets through", () => {
  expect(parseArguments(["feature", "orders", "--dry-run"]).isDryRun).toBe(true);
  const byWord = parseArguments(["feature", "orders", "dry-run"]);
  expect(byWord).toMatchObject({ isDryRun: true, input: { feature: "orders" } });
});

it("takes where to write and where from, the latter as a word too", () => {
  const options = parseArguments(["core-package", "realtime", "--root", "a", "--from", "b"]);
  expect(options).toMatchObject({ root: "a", from: "b" });
  expect(parseArguments(["core-package", "realtime", "b", "dry-run"])).toMatchObject({ from: "b", isDryRun: true });
});

it("takes the mode of core-package as an option and as a word, which turbo lets through", () => {
  const modeOf = (...words: readonly string[]) => parseArguments(["core-package", "realtime", ...words]);
  expect(modeOf("--eject", "b")).toMatchObject({ from: "b", input: { mode: "eject" } });
  expect(modeOf("b", "eject", "dry-run")).toMatchObject({ from: "b", isDryRun: true, input: { mode: "eject" } });
  expect(modeOf("--update", "--keep", "a.ts", "--keep", "b.ts").input).toMatchObject({
    mode: "update",
    keep: ["a.ts", "b.ts"],
  });
  expect(() => modeOf("eject", "--update")).toThrow("Either --eject or --update, not both.");
});

it.each([
  [[], "Say what to generate"],
  [["chanel"], `"chanel" is no generator`],
  [["feature"], `"feature" takes 1 word, not 0`],
  [["channel", "orders", "status"], `"channel" takes 3 words, not 2`],
  [["live", "orders"], `"live" takes 2 words, not 1`],
  [["handler", "orders", "status", "public"], `"handler" takes 2 words, not 3`],
  [["feature", "orders", "--force"], "'--force'"],
])("refuses %j and shows how it is used", (args, why) => {
  expect(() => parseArguments(args)).toThrow(Refusal);
  expect(() => parseArguments(args)).toThrow(why);
  expect(() => parseArguments(args)).toThrow("channel <feature> <slug> <scope>");
});
