import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourceFiles } from "./source-files.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sources-"));
  for (const file of [".gitignore", "a.ts", "src/b.ts", "node_modules/c.js", "src/dist/d.js", "next-env.d.ts"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  writeFileSync(join(root, ".gitignore"), "node_modules/\ndist/\nnext-env.d.ts\n");
});
afterEach(() => rmSync(root, { recursive: true }));

it("lists what git tracks", () => {
  const git = (...args) => execFileSync("git", args, { cwd: root });
  git("init", "--quiet");
  git("add", "a.ts");
  expect(sourceFiles(root)).toEqual(["a.ts"]);
});

it("lists all but the ignored folders where there is no git", () => {
  expect(sourceFiles(root).toSorted()).toEqual([".gitignore", "a.ts", "src/b.ts"]);
});
