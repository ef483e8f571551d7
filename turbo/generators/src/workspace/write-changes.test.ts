import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { DiskTree } from "./disk-tree.js";
import { filesBelow } from "./tree.js";
import { writeChanges } from "./write-changes.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fourgate-write-"));
  await writeFile(join(root, "a.ts"), "a");
});
afterEach(() => rm(root, { recursive: true, force: true }));

function onDisk(): Readonly<Record<string, string | undefined>> {
  const tree = new DiskTree(root);
  return Object.fromEntries(filesBelow(tree, "").map((path) => [path, tree.read(path)]));
}

it("creates files with their folders and changes others", async () => {
  await writeChanges(root, [
    { path: "a.ts", before: "a", after: "b" },
    { path: "x/y/new.ts", before: undefined, after: "new" },
  ]);
  expect(onDisk()).toEqual({ "a.ts": "b", "x/y/new.ts": "new" });
});

it("removes files, and the folders that this empties", async () => {
  await mkdir(join(root, "x/y"), { recursive: true });
  await writeFile(join(root, "x/y/old.ts"), "old");
  await writeFile(join(root, "x/kept.ts"), "kept");
  await writeChanges(root, [
    { path: "x/y/old.ts", before: "old", after: undefined },
    { path: "a.ts", before: "a", after: undefined },
  ]);
  expect(onDisk()).toEqual({ "x/kept.ts": "kept" });
  expect(await readdir(join(root, "x"))).toEqual(["kept.ts"]);
});

it("puts a removed file back when a later one cannot be written, and removes none that has changed", async () => {
  await mkdir(join(root, "taken/inside"), { recursive: true });
  const removal = { path: "a.ts", before: "a", after: undefined };
  const late = { path: "taken", before: undefined, after: "a folder stands here" };
  await expect(writeChanges(root, [removal, late])).rejects.toThrow();
  expect(onDisk()).toEqual({ "a.ts": "a" });
  await expect(writeChanges(root, [{ ...removal, before: "old" }])).rejects.toThrow("changed while this was being");
  expect(onDisk()).toEqual({ "a.ts": "a" });
});

it("puts everything back when a later file cannot be written", async () => {
  await mkdir(join(root, "taken/inside"), { recursive: true });
  const changes = [
    { path: "a.ts", before: "a", after: "b" },
    { path: "x/y/new.ts", before: undefined, after: "new" },
    { path: "taken", before: undefined, after: "a folder stands here" },
  ];
  await expect(writeChanges(root, changes)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect(onDisk()).toEqual({ "a.ts": "a" });
  expect(await readdir(root)).toEqual(["a.ts", "taken"]);
});

it("writes nothing when a file changed since it was read, or came, or went", async () => {
  for (const change of [
    { path: "a.ts", before: "old", after: "b" },
    { path: "a.ts", before: undefined, after: "b" },
    { path: "gone.ts", before: "a", after: "b" },
  ]) {
    const first = { path: "new.ts", before: undefined, after: "new" };
    await expect(writeChanges(root, [first, change])).rejects.toThrow("changed while this was being planned");
    expect(onDisk()).toEqual({ "a.ts": "a" });
  }
});

it("keeps a file's mode, its link and its bytes", async () => {
  await chmod(join(root, "a.ts"), 0o755);
  await symlink("a.ts", join(root, "link.ts"));
  await writeChanges(root, [{ path: "link.ts", before: "a", after: "\uFEFFä\r\n" }]);
  expect((await stat(join(root, "a.ts"))).mode & 0o777).toBe(0o755);
  expect(await readFile(join(root, "a.ts"))).toEqual(Buffer.from("\uFEFFä\r\n"));
});

it("refuses a path out of the workspace, by dots, from the root or through a link", async () => {
  await symlink(tmpdir(), join(root, "out"));
  for (const path of ["../x.ts", "/tmp/x.ts", "a/../../x.ts", "out/x.ts", ""]) {
    const write = writeChanges(root, [{ path, before: undefined, after: "x" }]);
    await expect(write).rejects.toThrow(Refusal);
    await expect(write).rejects.toThrow("lies outside the workspace");
  }
});
