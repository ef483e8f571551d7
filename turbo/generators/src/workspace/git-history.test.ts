import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { gitHistory } from "./git-history.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "git-history-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder, stdio: "pipe" });

function commit(text: string): string | undefined {
  writeFileSync(join(folder, "a.ts"), text);
  git("add", "a.ts");
  git("commit", "--quiet", "--message", "a");
  return gitHistory(folder).commit;
}

it("reads a file as it was at a commit", () => {
  git("init", "--quiet");
  const first = commit("first\n") ?? "";
  const second = commit("second\n") ?? "";
  const { readAt } = gitHistory(folder);
  expect([readAt(first, "a.ts"), readAt(second, "a.ts")]).toEqual(["first\n", "second\n"]);
});

it("gives nothing for a file or a commit that is not there, and for what is no commit", () => {
  git("init", "--quiet");
  const first = commit("first\n") ?? "";
  const { readAt } = gitHistory(folder);
  expect(readAt(first, "b.ts")).toBeUndefined();
  expect(readAt("0".repeat(40), "a.ts")).toBeUndefined();
  expect(readAt("HEAD", "a.ts")).toBeUndefined(); // a name, which may mean another commit tomorrow
});

it("has no commit outside of a repository", () => {
  expect(gitHistory(folder).commit).toBeUndefined();
});
