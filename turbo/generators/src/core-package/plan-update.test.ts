import { expect, it } from "vitest";
import { plan } from "../plan.js";
import { applied, fileOf, STYLE, type Files } from "../testing/generated.js";
import { DONOR, THEIRS } from "../testing/small-fourgate.js";
import { MemoryTree } from "../workspace/memory-tree.js";

const FILE = "packages/realtime-socket-io/src/index.ts";
const OLD: Files = { ...DONOR, [FILE]: "one\ntwo\nthree\nfour\n" };
const NEW: Files = {
  ...DONOR,
  [FILE]: "one\ntwo\nthree\nFOUR\n",
  "packages/realtime-socket-io/src/more.ts": "more\n",
  "published/fourgate/package.json": `{ "version": "1.3.0" }`,
};

/** Fourgate's repository with two commits. */
const COMMITS: Readonly<Record<string, Files>> = { aaaaaaaa: OLD, bbbbbbbb: NEW };

interface Run {
  readonly mode?: "eject" | "update";
  readonly commit?: string;
  readonly keep?: readonly string[];
  readonly remarks?: string[];
  readonly commits?: Readonly<Record<string, Files>>;
}

function planned(
  files: Files,
  { mode = "update", commit = "bbbbbbbb", keep = [], remarks = [], commits = COMMITS }: Run = {},
) {
  const history = { commit, readAt: (at: string, path: string) => commits[at]?.[path] };
  const options = {
    donor: new MemoryTree(commits[commit] ?? {}),
    history,
    style: STYLE,
    onRemark: remarks.push.bind(remarks),
  };
  return plan(new MemoryTree(files), { generator: "core-package", name: "realtime", mode, keep }, options);
}

const ejected = async () => applied(THEIRS, await planned(THEIRS, { mode: "eject", commit: "aaaaaaaa" }));

it("takes the new version of what nobody has changed, adds what is new, and has nothing to do afterwards", async () => {
  const before = await ejected();
  const after = applied(before, await planned(before));
  expect(fileOf(after, FILE)).toBe(fileOf(NEW, FILE));
  expect(fileOf(after, "packages/realtime-socket-io/src/more.ts")).toBe("more\n");
  expect(JSON.parse(fileOf(after, "fourgate.sources.json"))).toMatchObject({ version: "1.3.0", commit: "bbbbbbbb" });
  expect(await planned(after)).toEqual([]);
  expect(await planned(after, { mode: "eject" })).toEqual([]);
});

it("merges a change of yours with the new version, and again with the next", async () => {
  const before = { ...(await ejected()), [FILE]: "ONE\ntwo\nthree\nfour\n" };
  const after = applied(before, await planned(before));
  expect(fileOf(after, FILE)).toBe("ONE\ntwo\nthree\nFOUR\n");
  const commits = { ...COMMITS, cccccccc: { ...NEW, [FILE]: "one\ntwo\nthree\nFOUR\nfive\n" } };
  const next = applied(after, await planned(after, { commit: "cccccccc", commits }));
  expect(fileOf(next, FILE)).toBe("ONE\ntwo\nthree\nFOUR\nfive\n");
});

it("leaves a file alone that only you have changed or deleted", async () => {
  const mine = "packages/needed/package.json";
  const { [mine]: _deleted, ...deleted } = await ejected();
  expect((await planned(deleted)).map(({ path }) => path)).not.toContain(mine);
  const changed = { ...(await ejected()), [mine]: "{}" };
  expect((await planned(changed)).map(({ path }) => path)).not.toContain(mine);
});

it("writes nothing where one file cannot be merged, and names its lines", async () => {
  const before = { ...(await ejected()), [FILE]: "one\ntwo\nthree\nmine\n" };
  await expect(planned(before)).rejects.toThrow(
    `Nothing was written: 1 of the files ejected from version 1.2.3 could not be merged.
  ${FILE}: you and the new version have changed the same lines: ${FILE}:4
Merge them by hand, then run this again with --keep <path>,<path>: those stay as you have them.`,
  );
});

it("keeps a file that was merged by hand, and takes the new version for the base of the next update", async () => {
  const before = { ...(await ejected()), [FILE]: "one\ntwo\nthree\nMINE AND FOUR\n" };
  const after = applied(before, await planned(before, { keep: [FILE] }));
  expect(fileOf(after, FILE)).toBe("one\ntwo\nthree\nMINE AND FOUR\n");
  expect(await planned(after)).toEqual([]);
});

it.each([
  ["deleted", undefined, "you have deleted it, and the new version has changed it"],
  ["changed, with no base,", "mine\n", "what both came from is not in the repository"],
])("refuses a file that you have %s and the new version has changed", async (_what, text, why) => {
  const { [FILE]: _old, ...others } = await ejected();
  const before: Files = text === undefined ? others : { ...others, [FILE]: text };
  const commits = { ...COMMITS, aaaaaaaa: { ...OLD, [FILE]: "was never ejected\n" } };
  await expect(planned(before, { commits })).rejects.toThrow(why);
});

it("refuses a new file in whose place you have one of your own", async () => {
  const before = { ...(await ejected()), "packages/realtime-socket-io/src/more.ts": "mine\n" };
  await expect(planned(before)).rejects.toThrow("the new version has a file of this name as well");
});

it("reports what the new version no longer has", async () => {
  const { [FILE]: _gone, ...less } = NEW;
  const remarks: string[] = [];
  const before = await ejected();
  const after = applied(before, await planned(before, { remarks, commits: { ...COMMITS, bbbbbbbb: less } }));
  expect(remarks).toEqual([`${FILE} is no part of the new version: delete it, unless you use it.`]);
  expect(fileOf(after, "fourgate.sources.json")).not.toContain(FILE);
});

it("leaves a package alone that was there before", async () => {
  const path = "packages/core-events/package.json";
  const own = { ...THEIRS, [path]: `{ "name": "@repo/core-events", "version": "9.0.0" }` };
  const before = applied(own, await planned(own, { mode: "eject", commit: "aaaaaaaa" }));
  expect((await planned(before)).filter((change) => change.path === path)).toEqual([]);
});

it("refuses a workspace that has no sources", async () => {
  await expect(planned(THEIRS)).rejects.toThrow("There is no fourgate.sources.json here");
});

it.each([
  ["without files", (files: object) => ({ files_: files }), "fourgate.sources.json lists no file: restore it"],
  [
    "that has lost a package",
    (files: Readonly<Record<string, string>>) => ({
      files: Object.fromEntries(
        Object.entries(files).filter(([path]) => !path.startsWith("packages/realtime-socket-io/")),
      ),
    }),
    "fourgate.sources.json lists no file of packages/realtime-socket-io: restore it",
  ],
])("refuses a manifest %s, rather than leave sources behind", async (_what, spoilt, why) => {
  const before = await ejected();
  const { files, ...rest } = JSON.parse(fileOf(before, "fourgate.sources.json"));
  const text = JSON.stringify({ ...rest, ...spoilt(files) });
  await expect(planned({ ...before, "fourgate.sources.json": text })).rejects.toThrow(why);
});

it("names a package that was there before, and leaves it", async () => {
  const path = "packages/core-events/package.json";
  const mine = { ...THEIRS, [path]: `{ "name": "@repo/core-events", "version": "9.0.0" }` };
  const before = applied(mine, await planned(mine, { mode: "eject", commit: "aaaaaaaa" }));
  const remarks: string[] = [];
  const after = applied(before, await planned(before, { remarks }));
  expect(remarks).toEqual(["packages/core-events was here before the sources were ejected: it stays as it is."]);
  expect(fileOf(after, path)).toBe(mine[path]);
});
