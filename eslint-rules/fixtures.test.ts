import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { plugin } from "./index.ts";
import { expectedFindings } from "./testing/expected-findings.ts";
import { eslint, oxlint } from "./testing/linters.ts";

const root = join(import.meta.dirname, "fixtures");
const badPackage = join(root, "packages/bad-package");
const bad = expectedFindings(root, "packages/bad-package");

it("asks for every rule at least once in the bad package", () => {
  const rules = new Set(bad.map((finding) => finding.split(" ")[1]));
  expect([...rules].sort()).toEqual(Object.keys(plugin.rules).sort());
});

const linters = { ESLint: eslint, Oxlint: oxlint };
const starts = {
  "the workspace's root": root,
  "the package": badPackage,
  "a folder inside the package": join(badPackage, "src/realtime"),
  "a folder above the workspace": join(import.meta.dirname, ".."),
};

for (const [name, lint] of Object.entries(linters)) {
  for (const [place, cwd] of Object.entries(starts))
    it(`fails the bad package at the exact places: ${name}, started in ${place}`, async () => {
      expect(await lint({ cwd, target: badPackage, root })).toEqual({ code: 1, findings: bad });
    });

  for (const target of ["packages/good-package", "apps/good-app"].map((folder) => join(root, folder)))
    it(`passes ${basename(target)}, started in the workspace's root and inside: ${name}`, async () => {
      for (const cwd of [root, target]) expect(await lint({ cwd, target, root })).toEqual({ code: 0, findings: [] });
    });
}
