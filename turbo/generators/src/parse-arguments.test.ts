import { expect, it } from "vitest";
import { PLAIN } from "./feature/channel-shape.js";
import { parseArguments } from "./parse-arguments.js";
import { Refusal } from "./refusal.js";

const EVERYTHING = {
  events: ["tally", "closed"],
  inbound: ["vote"],
  reply: true,
  opening: true,
  history: true,
  presence: true,
};
const FLAGS = ["--events", "tally,closed", "--inbound", "vote", "--reply", "--opening", "--history", "--presence"];
const FLAGS_AS_WORDS = ["events=tally,closed", "inbound=vote", "reply", "opening", "history", "presence"];

it.each([
  [["feature", "orders"], { generator: "feature", feature: "orders" }],
  [
    ["channel", "orders", "status", "public"],
    { generator: "channel", feature: "orders", slug: "status", scope: "public", shape: PLAIN },
  ],
  [
    ["channel", "polls", "polls.{pollId}", "role:member", ...FLAGS],
    { generator: "channel", feature: "polls", slug: "polls.{pollId}", scope: "role:member", shape: EVERYTHING },
  ],
  [
    ["channel", "polls", "polls.{pollId}", "role:member", ...FLAGS_AS_WORDS],
    { generator: "channel", feature: "polls", slug: "polls.{pollId}", scope: "role:member", shape: EVERYTHING },
  ],
  [
    ["channel", "history", "presence", "public", "history"],
    { generator: "channel", feature: "history", slug: "presence", scope: "public", shape: { ...PLAIN, history: true } },
  ],
  [
    ["remove", "channel", "orders", "status", "force"],
    { generator: "remove", what: "channel", feature: "orders", slug: "status", isForced: true },
  ],
  [
    ["remove", "feature", "orders"],
    { generator: "remove", what: "feature", feature: "orders", slug: "", isForced: false },
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
  expect(parseArguments(["feature", "orders", "--dry-run"])).toMatchObject({ isDryRun: true });
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
  const update = { mode: "update", keep: ["a.ts", "b.ts"] };
  expect(modeOf("--update", "--keep", "a.ts,b.ts")).toMatchObject({ input: update });
  expect(modeOf("update", "keep=a.ts,b.ts")).toMatchObject({ input: update });
  expect(() => modeOf("eject", "--update")).toThrow("Either --eject or --update, not both.");
});

it.each([
  [[], "Say what to generate"],
  [["chanel"], `"chanel" is no generator`],
])("refuses %j and shows every command", (args, why) => {
  expect(() => parseArguments(args)).toThrow(Refusal);
  expect(() => parseArguments(args)).toThrow(why);
  expect(() => parseArguments(args)).toThrow("channel <feature> <slug | name> <scope>");
});

it.each([
  [["feature"], `"feature" takes 1 word, not 0`, "feature <name>"],
  [["channel", "orders", "status"], `"channel" takes 3 words, not 2`, "--events <a,b>"],
  [["live", "orders"], `"live" takes 2 words, not 1`, "live <feature> <page>"],
  [["handler", "orders", "status", "public"], `"handler" takes 2 words, not 3`, "handler <feature> <slug>"],
  [["remove", "channel"], `"remove" takes 2 to 3 words, not 1`, "remove channel <feature> <slug>"],
  [["feature", "orders", "--force"], `"feature" has no option '--force'`, "feature <name>"],
  [["channel", "orders", "status", "public", "--events", "a b"], `"a b" names no event`, "tally,closed"],
  [["channel", "orders", "status", "public", "inbound=a,a"], `names the event "a" twice`, "name it once"],
  [["channel", "orders", "status", "public", "reply=no"], `"channel" takes 3 words, not 4`, "--reply"],
])("refuses %j and shows how that command is used", (args, why, usage) => {
  expect(() => parseArguments(args)).toThrow(Refusal);
  expect(() => parseArguments(args)).toThrow(why);
  expect(() => parseArguments(args)).toThrow(usage);
});

it("shows how a command is used, and all commands", () => {
  const channel = parseArguments(["channel", "--help"]);
  expect(channel).toMatchObject({ help: expect.stringContaining("--history        or history") });
  for (const args of [
    ["channel", "help"],
    ["help", "channel"],
    ["channel", "-h"],
  ])
    expect(parseArguments(args)).toEqual(channel);
  for (const args of [["--help"], ["help"]])
    expect(parseArguments(args)).toMatchObject({ help: expect.stringContaining("remove channel <feature> <slug>") });
});

it("lists all features or one", () => {
  expect(parseArguments(["list"])).toMatchObject({ list: { feature: undefined } });
  expect(parseArguments(["list", "orders"])).toMatchObject({ list: { feature: "orders" } });
});
