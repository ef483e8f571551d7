import { join, posix } from "node:path";
import { expect, it } from "vitest";
import { plan } from "../plan.js";
import { applied, STYLE } from "../testing/generated.js";
import { THEIRS } from "../testing/small-fourgate.js";
import { REPOSITORY } from "../testing/temporary-workspace.js";
import { DiskTree } from "../workspace/disk-tree.js";
import { MemoryTree } from "../workspace/memory-tree.js";
import { filesBelow } from "../workspace/tree.js";
import { corePackages, filesOf } from "./core-sources.js";
import { workspacePackages } from "./workspace-packages.js";

// What is copied of this repository itself.
const EJECT = { generator: "core-package", name: "realtime", mode: "eject", keep: [] } as const;

it("copies the browser's side of pages too, and of this repository no package that asks for one which stays behind", async () => {
  const donor = new DiskTree(REPOSITORY);
  const changes = await plan(new MemoryTree(THEIRS), EJECT, { donor, style: STYLE });
  const copied = workspacePackages(new MemoryTree(applied(THEIRS, changes)));
  expect([...copied.keys()]).toContain("@repo/live-ui-client");
  for (const { name, needs } of copied.values()) {
    const behind = Object.keys(needs).filter((need) => needs[need]?.startsWith("workspace:") && !copied.has(need));
    expect({ name, behind }).toEqual({ name, behind: [] });
  }
});

it("leaves nothing behind that a file which is copied imports", async () => {
  const donor = new DiskTree(REPOSITORY);
  const all = new Map<string, string>();
  for (const { folder } of corePackages(donor))
    for (const [path, text] of await filesOf(donor, folder)) all.set(path, text);
  const code = [...all].filter(([path]) => /\/src\/.*\.tsx?$/.test(path) && !path.includes("template"));
  const isThere = (path: string) => ["", ".ts", ".tsx", "/index.ts"].some((end) => all.has(path + end));
  const missing = code.flatMap(([path, text]) =>
    [...text.matchAll(/^(?:(?:im|ex)port .*|\} )from "(\.[^"]+?)(?:\.js)?";$/gm)]
      .map(([, specifier = ""]) => posix.join(posix.dirname(path), specifier))
      .filter((target) => !isThere(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(code.length).toBeGreaterThan(300);
  expect(missing).toEqual([]);
});

it("copies every library that fourgate re-exports", () => {
  const entries = new DiskTree(join(REPOSITORY, "published/fourgate/src"));
  const exported = filesBelow(entries, "").map((path) => /"(@repo\/[^/"]+)/.exec(entries.read(path) ?? "")?.[1]);
  const copied = new Set(corePackages(new DiskTree(REPOSITORY)).map(({ name }) => name));
  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter((name) => name === undefined || !copied.has(name))).toEqual([]);
});
