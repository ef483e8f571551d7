import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { DiskTree } from "./disk-tree.js";
import { MemoryTree } from "./memory-tree.js";
import { filesBelow, type Tree } from "./tree.js";

async function trees(
  files: Readonly<Record<string, string>>,
): Promise<readonly [root: string, trees: readonly Tree[]]> {
  const root = await mkdtemp(join(tmpdir(), "fourgate-tree-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return [root, [new DiskTree(root), new MemoryTree(files)]];
}

it("shows the same on disk and in memory", async () => {
  const [, both] = await trees({ "b.ts": "\uFEFFb\r\n", "a/c.ts": "", "a/skipped/d.ts": "d" });
  for (const tree of both) {
    expect(tree.read("b.ts")).toBe("\uFEFFb\r\n");
    expect(tree.read("a")).toBeUndefined();
    expect(tree.read("none.ts")).toBeUndefined();
    expect(tree.list("")).toEqual([
      { name: "a", kind: "folder" },
      { name: "b.ts", kind: "file" },
    ]);
    expect(tree.list("none")).toEqual([]);
    expect(tree.list("b.ts")).toEqual([]);
    expect(filesBelow(tree, "", new Set(["skipped"]))).toEqual(["a/c.ts", "b.ts"]);
  }
});

it("refuses bytes that are no UTF-8, rather than replace them in silence", async () => {
  const [root, [tree]] = await trees({});
  await writeFile(join(root, "latin.ts"), Buffer.from([0x61, 0xe4, 0x62]));
  expect(() => tree?.read("latin.ts")).toThrow("latin.ts is not UTF-8 text");
});

it("does not see a link that leads nowhere", async () => {
  const [root, [tree]] = await trees({});
  await symlink("gone", join(root, "link"));
  expect(tree?.list("")).toEqual([]);
});
